import { expect, test } from "vitest";
import { hundredthsText } from "../../shared/hundredths.ts";
import { parsePrice } from "./price.ts";

test.for([
  ["24", 24_00],
  ["24,5", 24_50],
  ["24.05", 24_05],
  ["0,29", 29],
  ["1 234,50 €", 1_234_50],
  ["1\u202f234,50\u00a0€", 1_234_50],
  // 8.70 × 100 is 869.9999… in floating point.
  ["8,70", 8_70],
  ["1000000", 1_000_000_00],
] as const)("“%s” is %i cents", ([text, cents]) => {
  expect(parsePrice(text)).toBe(cents);
});

test.for(["", "free", "-5", "1,234.50", "1,234", "24,505", "1000000,01", "12345678", "1e3", "٣", ".5", "5,"])(
  "“%s” is no price",
  (text) => {
    expect(parsePrice(text)).toBeNull();
  },
);

test("every price is read back as it was written", () => {
  for (let cents = 0; cents < 30_000; cents += 7) {
    expect(parsePrice(hundredthsText(cents, "fr"))).toBe(cents);
    expect(parsePrice(hundredthsText(cents, "en"))).toBe(cents);
  }
});
