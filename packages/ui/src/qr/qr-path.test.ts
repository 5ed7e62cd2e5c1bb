import { expect, test } from "vitest";
import { qrPathOf } from "./qr-path.ts";

test("a code of version 1 is 21 modules and a quiet zone of 4 on each side", () => {
  const { size, path } = qrPathOf("TESSERA", "M", true);
  expect(size).toBe(29);
  // The first row of a finder pattern: seven dark modules, straight after the quiet zone.
  expect(path.startsWith("M4 4h7v1h-7z")).toBe(true);
});

test("a pass of 352 characters fits version 10 at L and 11 at M", () => {
  const pass = "A0:".repeat(118).slice(0, 352);
  expect(qrPathOf(pass, "L", true).size).toBe(57 + 8);
  expect(qrPathOf(pass, "M", true).size).toBe(61 + 8);
});

test("other characters than the mode has are refused", () => {
  expect(() => qrPathOf("tessera", "M", true)).toThrow(/Invalid|encod/i);
});
