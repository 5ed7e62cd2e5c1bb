import { expect, test } from "vitest";
import { toCsv, toDecimal } from "./csv.ts";

const mark = "\uFEFF";

test("rows end with CRLF, fields are quoted only where they must be", () => {
  expect(
    toCsv([
      ["code", "events", "tickets"],
      ["ATH05", 'Men\'s 100 m, "final"', 12],
      ["SWM01", "two\nlines", 0],
    ]),
  ).toBe(`${mark}code,events,tickets\r\nATH05,"Men's 100 m, ""final""",12\r\nSWM01,"two\nlines",0\r\n`);
});

test.for(["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx", "\n=1"])("%j is never read as a formula", (text) => {
  expect(toCsv([[text]]).slice(1)).toMatch(/^"?'/);
});

test("a name that only contains such a sign stays as it is", () => {
  expect(toCsv([["4 x 100 m - heats = all"]])).toBe(`${mark}4 x 100 m - heats = all\r\n`);
});

test.for([
  [0, "0.00"],
  [5, "0.05"],
  [50, "0.50"],
  [1_234_50, "1234.50"],
  [-1_05, "-1.05"],
  [9_007_199_254_740_991, "90071992547409.91"],
] as const)("%i cents are %s", ([cents, text]) => {
  expect(toDecimal(cents)).toBe(text);
});
