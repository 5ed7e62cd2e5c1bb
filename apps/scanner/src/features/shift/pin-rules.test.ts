import { expect, test } from "vitest";
import { pinProblem } from "./pin-rules.ts";

test.each([
  "000000",
  "777777",
  "123456",
  "654321",
  "890123",
  "246802",
  "121212",
  "123123",
  "112233",
  "332211",
  "113355",
])("%s is too easy", (pin) => expect(pinProblem(pin)).toBe("easy"));

test.each(["274819", "100200", "123457", "314159"])("%s is good", (pin) => {
  expect(pinProblem(pin)).toBeNull();
});

test.each(["", "12345", "1234567", "12345a", "١٢٣٤٥٦"])("%j is no PIN", (pin) =>
  expect(pinProblem(pin)).toBe("length"),
);
