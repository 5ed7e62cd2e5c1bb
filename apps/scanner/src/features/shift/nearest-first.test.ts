import { expect, test } from "vitest";
import { nearestFirst } from "./nearest-first.ts";

const row = (code: string, startHour: number) => ({
  code,
  startsAt: new Date(Date.UTC(2028, 6, 15, startHour)).toISOString(),
  endsAt: new Date(Date.UTC(2028, 6, 15, startHour + 2)).toISOString(),
});

test("what is on stands before what is to come, and what is over goes back in time", () => {
  const rows = [row("late", 20), row("first", 8), row("now", 12), row("second", 9)];
  expect(nearestFirst(rows, Date.UTC(2028, 6, 15, 13)).map(({ code }) => code)).toEqual([
    "now",
    "late",
    "second",
    "first",
  ]);
});
