import { expect, test } from "vitest";
import { readingOf, serverTimeAt } from "./server-clock.ts";

const reading = { serverMs: 1_000_000, wallMs: 400_000, monotonicMs: 50 };

test("the monotonic clock carries the server's time, wherever the wall clock stands", () => {
  expect(serverTimeAt(reading, 430_000, 30_050)).toBe(1_030_000);
});

test("setting the wall clock back changes nothing", () => {
  expect(serverTimeAt(reading, 0, 30_050)).toBe(1_030_000);
});

test("after a sleep that stopped the monotonic clock the wall clock is believed", () => {
  expect(serverTimeAt(reading, 400_000 + 3_600_000, 30_050)).toBe(1_000_000 + 3_600_000);
});

test("a small drift between the two is no sleep", () => {
  expect(serverTimeAt(reading, 431_500, 30_050)).toBe(1_030_000);
});

test("half of the time that the answer took has passed since it was given", () => {
  const read = readingOf(7_000, { wallMs: 100, monotonicMs: 10 }, { wallMs: 300, monotonicMs: 210 });
  expect(read).toEqual({ serverMs: 7_100, wallMs: 300, monotonicMs: 210 });
});
