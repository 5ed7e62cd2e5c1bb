import { reasonCodes } from "@tessera/contracts";
import { expect, test } from "vitest";
import decisions from "../vectors/decisions.json" with { type: "json" };
import { checkVectors } from "./testing/vectors.ts";

const checked = await checkVectors();

test.each(checked)("$name", ({ expected, observed }) => {
  expect(observed).toEqual(expected);
});

test("there is a vector for every reason that decide gives", () => {
  const given = new Set<string>(decisions.cases.map(({ verdict }) => verdict.reason));
  expect(reasonCodes.filter((reason) => !given.has(reason))).toEqual(["looked_up", "bad_seal"]);
});
