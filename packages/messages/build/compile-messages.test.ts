import { expect, test } from "vitest";
import { compileMessages } from "./compile-messages.ts";

test("an app gets its own words and those of all, not those of the other apps", () => {
  const namespaces = Object.keys(compileMessages("fr", "shop"));
  expect(namespaces).toEqual(expect.arrayContaining(["shop", "common", "account", "errors"]));
  expect(namespaces).not.toContain("admin");
  expect(namespaces).not.toContain("scanner");
});

test("a sentence without arguments stays a sentence, one with a choice is parsed", () => {
  const { account, common } = compileMessages("en", "admin");
  expect(common).toMatchObject({ offerKinds: { duo: "Duo" } });
  expect(account).toMatchObject({ menu: { signedInAs: ["Signed in: ", ["email"]] } });
});
