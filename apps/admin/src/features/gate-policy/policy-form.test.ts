import { expect, test } from "vitest";
import { policyForm, policyOf, valuesOf } from "./policy-form.ts";

const policy = { reentry: "never", offlineAdmission: "any", maxListAgeSeconds: 600, listTooOld: "check" } as const;

test("what is shown is what is saved", () => {
  expect(policyOf(policyForm.parse(valuesOf(policy)))).toEqual(policy);
});

test.each(["", "0", "1.5", "1441", "ten"])("“%s” is no number of minutes", (minutes) => {
  expect(policyForm.safeParse({ ...valuesOf(policy), minutes }).error?.issues[0]?.message).toBe("minutes_unreadable");
});
