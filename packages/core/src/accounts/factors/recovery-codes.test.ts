import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery-codes.ts";

it("makes ten different codes that people can read out", () => {
  const codes = newRecoveryCodes({ random: randomBytes });
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
});

it("knows a code however it is typed", () => {
  const hash = hashRecoveryCode("0A1B2-C3D4E-5F6G7-H8J9K-MNPQR");
  expect(hashRecoveryCode("oaib2 c3d4e 5f6g7 h8j9k mnpqr")).toEqual(hash);
  expect(hashRecoveryCode("OALB2C3D4E5F6G7H8J9KMNPQR")).toEqual(hash);
  expect(hashRecoveryCode("0A1B2-C3D4E-5F6G7-H8J9K-MNPQS")).not.toEqual(hash);
});
