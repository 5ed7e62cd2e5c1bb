import { expect, test } from "vitest";
import { chooseLocale } from "./locale-preference.ts";

test.each([
  ["what was chosen before wins", "en", ["fr-FR"], "en"],
  ["else the browser's first language that we have", null, ["de-DE", "en-US", "fr"], "en"],
  ["whatever its region", null, ["fr-CA"], "fr"],
  ["else French", null, ["de", "ja"], "fr"],
  ["and nonsense in the storage is nothing", "klingon", ["en"], "en"],
] as const)("%s", (_, remembered, asked, chosen) => {
  expect(chooseLocale(remembered, asked)).toBe(chosen);
});
