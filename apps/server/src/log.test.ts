import { expect, it } from "vitest";
import { describeError } from "./log.ts";

/** As pg gives them: the detail quotes the row. */
function databaseError(code: string, message: string): Error {
  return Object.assign(new Error(message), {
    severity: "ERROR",
    code,
    detail: "Key (email)=(camille@example.test) already exists.",
    constraint: "account_email_key",
  });
}

it("names the constraint that was violated, and nobody's data", () => {
  const described = JSON.stringify(describeError(databaseError("23505", "duplicate camille@example.test")));
  expect(described).toContain("account_email_key");
  expect(described).toContain("23505");
  expect(described).not.toContain("camille");
});

it("says what is wrong where the database quotes nothing", () => {
  const described = JSON.stringify(describeError(databaseError("42501", "permission denied for table account")));
  expect(described).toContain("permission denied for table account");
  expect(described).not.toContain("camille");
});

it("treats the cause of an error as the error", () => {
  const error = new Error("it failed", { cause: databaseError("23505", "duplicate camille@example.test") });
  const described = JSON.stringify(describeError(error));
  expect(described).toContain("it failed");
  expect(described).toContain("account_email_key");
  expect(described).not.toContain("camille");
});
