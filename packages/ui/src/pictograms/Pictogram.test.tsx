import { loadMessages } from "@tessera/messages";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { disciplineTiles } from "./disciplines.ts";
import { Pictogram } from "./Pictogram.tsx";

test("every discipline that has a name has a pictogram, and the other way round", async () => {
  const { disciplines } = await loadMessages("fr");
  const named = Object.keys(disciplines).filter((code) => code !== "other");
  expect(Object.keys(disciplineTiles).toSorted()).toEqual(named.toSorted());
});

test("a code without a picture gets the neutral tiles", () => {
  expect(renderToStaticMarkup(<Pictogram name="ZZZ" />)).toBe(renderToStaticMarkup(<Pictogram name="unknown" />));
});

test("it is decoration, unless it is given words", () => {
  expect(renderToStaticMarkup(<Pictogram name="ATH" />)).toContain('aria-hidden="true"');
  const named = renderToStaticMarkup(<Pictogram name="ATH" label="Athletics" />);
  expect(named).toContain('role="img" aria-label="Athletics"');
  expect(named).not.toContain("aria-hidden");
});
