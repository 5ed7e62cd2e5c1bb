import { changeCapacityInput } from "@tessera/contracts";
import { expect, test } from "vitest";
import { parseWholeNumber, wholeNumber } from "./whole-number.ts";

test.for([
  ["0", 0],
  ["6", 6],
  [" 17000 ", 17_000],
  ["17 000", 17_000],
  ["17\u202f000", 17_000],
  ["17\u00a0000", 17_000],
  ["1 000 000", 1_000_000],
] as const)("“%s” is %i", ([text, number]) => {
  expect(parseWholeNumber(text)).toBe(number);
});

const unreadable =
  "|17 000,5|6,5|6.5|1.000|1,000|17.000|17'000|-5|+5|−5|1e3|0x10|17 00|1 7000|17  000|17000 000|1 0 0|٣|six|6 seats|1234567890";

test.for(unreadable.split("|"))("“%s” is no whole number", (text) => {
  expect(parseWholeNumber(text)).toBeNull();
});

test("what cannot be read, and what is beyond the limits, is refused as what it is", () => {
  const field = wholeNumber(changeCapacityInput.shape.capacity);
  const codes = (text: string) => field.safeParse(text).error?.issues.map(({ code }) => code);
  expect(field.parse("17 001")).toBe(17_001);
  expect(codes("17 000,5")).toEqual(["invalid_type"]);
  expect(codes("1 000 001")).toEqual(["too_big"]);
});
