import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePrice } from "./programme-row.ts";

const anyCents = fc.integer({ min: 0, max: 999_999_999 });

test("every amount is read to the cent as it is written", () => {
  fc.assert(
    fc.property(anyCents, (cents) => {
      const euros = Math.floor(cents / 100);
      const hundredths = String(cents % 100).padStart(2, "0");
      expect(parsePrice(`${euros}.${hundredths}`)).toBe(cents);
      if (cents % 10 === 0) expect(parsePrice(`${euros}.${hundredths.slice(0, 1)}`)).toBe(cents);
      if (cents % 100 === 0) expect(parsePrice(`${euros}`)).toBe(cents);
    }),
  );
});

test("whatever else is written is no price", () => {
  const notAPrice = fc
    .oneof(
      fc.string(),
      fc.double().map(String),
      anyCents.map((cents) => `${cents}.${cents}0`),
    )
    .filter((written) => !/^\d{1,7}(\.\d{1,2})?$/.test(written));
  fc.assert(
    fc.property(notAPrice, (written) => {
      expect(parsePrice(written)).toBeNull();
    }),
  );
});

test.each(["", " 1", "1.", ".5", "1,50", "+1", "-0", "1e2", "0x10", "1_000", "12345678", "1.005", "١"])(
  "%j",
  (written) => {
    expect(parsePrice(written)).toBeNull();
  },
);
