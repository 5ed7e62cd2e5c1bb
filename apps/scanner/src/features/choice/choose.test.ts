import { expect, test } from "vitest";
import { fits, nearestFirst } from "./choose.ts";

const row = (code: string, startHour: number) => ({
  code,
  startsAt: new Date(Date.UTC(2028, 6, 15, startHour)).toISOString(),
  endsAt: new Date(Date.UTC(2028, 6, 15, startHour + 2)).toISOString(),
});

test("what is on stands before what is to come, and what is over goes back in time", () => {
  const rows = [row("late", 20), row("first", 8), row("now", 12), row("second", 9)];
  const { coming, over } = nearestFirst(rows, Date.UTC(2028, 6, 15, 13));
  expect(coming.map(({ code }) => code)).toEqual(["now", "late"]);
  expect(over.map(({ code }) => code)).toEqual(["second", "first"]);
});

test.each([
  ["", true],
  ["ath05", true],
  ["  stade   ath ", true],
  ["epee", true],
  ["épée", true],
  ["judo", false],
  ["ath judo", false],
])("%j fits: %s", (search, expected) => {
  expect(fits(search, ["ATH05", "Épée individuelle", "Stade de France"])).toBe(expected);
});
