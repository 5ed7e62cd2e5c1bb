import { expect, test } from "vitest";
import { dayOf, formatDate, formatDateRange, formatDuration, formatNumber, formatPrice } from "./formats.ts";

// Intl puts spaces that do not break; which of them is its own affair.
const plain = (text: string): string => text.replaceAll(/\s/gu, " ");

const start = "2028-07-14T22:30:00.000Z";

test("a moment is said in the venue's zone, not in the reader's", () => {
  expect(plain(formatDate("fr", start, "Europe/Paris", "day"))).toBe("samedi 15 juillet");
  expect(plain(formatDate("en", start, "America/Los_Angeles", "fullDay"))).toMatch(/^Friday,? 14 July 2028$/);
  expect(formatDate("fr", start, "Europe/Paris", "time")).toBe("00:30");
  expect(formatDate("en", start, "Europe/Paris", "zonedTime")).toMatch(/^00:30:00 (CEST|GMT\+2)$/);
});

test("a range on one day says only the times", () => {
  expect(plain(formatDateRange("fr", start, "2028-07-15T01:00:00.000Z", "Europe/Paris", "time"))).toMatch(
    /^00:30\s?[–-]\s?03:00$/,
  );
});

test("the day is the venue's", () => {
  expect(dayOf(start, "Europe/Paris")).toBe("2028-07-15");
  expect(dayOf(start, "America/Los_Angeles")).toBe("2028-07-14");
});

test.each([
  ["fr", 2400, false, "24,00 €"],
  ["fr", 2400, true, "24 €"],
  ["fr", 2450, true, "24,50 €"],
  ["fr", 123_456_700, false, "1 234 567,00 €"],
  ["en", 2405, false, "€24.05"],
] as const)("%s: %i cents", (locale, cents, whole, said) => {
  expect(plain(formatPrice(locale, cents, "EUR", whole))).toBe(said);
});

test("counts have the language's separators", () => {
  expect(plain(formatNumber("fr", 12_345))).toBe("12 345");
  expect(formatNumber("en", 12_345)).toBe("12,345");
});

test.each([
  [900, "15:00"],
  [8.2, "0:09"],
  [0, "0:00"],
  [-3, "0:00"],
  [3849, "1:04:09"],
])("%d seconds left", (seconds, said) => {
  expect(formatDuration(seconds)).toBe(said);
});
