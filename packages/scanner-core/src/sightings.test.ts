import { expect, test } from "vitest";
import { createSightings } from "./sightings.ts";
import { createFakeClock } from "./testing/fake-clock.ts";

function camera() {
  const clock = createFakeClock(0);
  const sightings = createSightings(clock.monotonicMs);
  /** Whether each frame of so many milliseconds is a new presentation. */
  const look = (key: string, forMs = 100): number => {
    let presented = 0;
    for (let passed = 0; passed < forMs; passed += 100) {
      if (!sightings.isHeld(key)) presented += 1;
      sightings.mark(key);
      clock.advance(100);
    }
    return presented;
  };
  return { clock, sightings, look };
}

test("what is held for a minute was presented once", () => {
  const { look } = camera();
  expect(look("a", 60_000)).toBe(1);
});

test("what comes back after it was away is presented again", () => {
  const { clock, look } = camera();
  look("a");
  clock.advance(1500);
  expect(look("a")).toBe(0);
  clock.advance(2500);
  expect(look("a")).toBe(1);
});

test("two phones side by side, seen in turns, are two presentations", () => {
  const { look } = camera();
  let presented = 0;
  for (let turn = 0; turn < 50; turn += 1) presented += look("a") + look("b");
  expect(presented).toBe(2);
});

test("after a release, what stays in view is meant, once, and not before there was time to take it away", () => {
  const { sightings, look } = camera();
  look("a", 1000);
  sightings.release();
  expect(look("a", 1400)).toBe(0);
  expect(look("a", 30_000)).toBe(1);
});
