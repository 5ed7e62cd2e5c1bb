import { expect, test } from "vitest";
import { changedValues, settingsForm, settingsOf, valuesOf } from "./settings-form.ts";

const settings = { limits: { games: 30, competitionSession: 6, ceremony: 4 }, taxRateBp: 550, version: 3 };

test("settings shown in the form and saved untouched are the same, whatever the language", () => {
  for (const locale of ["fr", "en"] as const) {
    for (const taxRateBp of [0, 1, 550, 2000, 4999, 5000]) {
      const shown = valuesOf({ ...settings, taxRateBp }, locale);
      expect(settingsOf(settingsForm.parse(shown), 3)).toEqual({ ...settings, taxRateBp });
    }
  }
});

test.for(["", "-1", "50,01", "5,555", "5 percent", "1e1"])("“%s” is no rate", (taxRate) => {
  const read = settingsForm.safeParse({ ...valuesOf(settings, "en"), taxRate });
  expect(read.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([["taxRate", "rate_unreadable"]]);
});

test("a rate may carry its sign", () => {
  expect(settingsForm.parse({ ...valuesOf(settings, "fr"), taxRate: "5,5 %" }).taxRate).toBe(550);
});

test.for(["6,5", "1.000", "", "0"])("“%s” is no limit", (games) => {
  const read = settingsForm.safeParse({ ...valuesOf(settings, "en"), games });
  expect([...new Set(read.error?.issues.map(({ path }) => path[0]))]).toEqual(["games"]);
});

test.for([
  { games: "5", competitionSession: "6", ceremony: "4" },
  { games: "5", competitionSession: "4", ceremony: "6" },
])("the whole Games allow no less than a part of them: %o", (limits) => {
  const read = settingsForm.safeParse({ ...limits, taxRate: "5.5" });
  expect(read.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([["games", "limits_inconsistent"]]);
});

test("what another admin has changed is said with what it was", () => {
  const now = { limits: { ...settings.limits, ceremony: 2 }, taxRateBp: 2000, version: 4 };
  expect(changedValues(settings, now, "en")).toEqual([
    { field: "ceremony", before: "4", after: "2" },
    { field: "taxRate", before: "5.50", after: "20.00" },
  ]);
});
