import { describe, expect, test } from "vitest";
import { carryOn, type ClockReading, type Moment, readingFrom, readingOf, toRemember } from "./server-clock.ts";

const hour = 3_600_000;
const reading: ClockReading = {
  serverMs: 1_000_000,
  wallMs: 400_000,
  monotonicMs: 50,
  view: 0,
  heardAtMs: 1_000_000,
  doubtful: false,
};
/** So long later by the monotonic clock, with the wall clock moved besides. */
const later = (ms: number, wallJumpMs = 0, view: number | null = 0): Moment => ({
  wallMs: reading.wallMs + ms + wallJumpMs,
  monotonicMs: reading.monotonicMs + ms,
  view,
});

describe("the server's time is carried on", () => {
  test("by the monotonic clock", () => {
    expect(carryOn(reading, later(30_000))).toMatchObject({ serverMs: 1_030_000, doubtful: false });
  });

  test("through a clock that is set by an hour before somebody's eyes, either way, which is noticed", () => {
    for (const jump of [hour, -hour]) {
      const after = carryOn(reading, later(1_000, jump));
      expect(after).toMatchObject({ serverMs: 1_001_000, doubtful: true });
      expect(carryOn(after, later(2_000, jump)).serverMs).toBe(1_002_000);
    }
  });

  test("through a sleep that stopped the monotonic clock, by the wall clock", () => {
    expect(carryOn(reading, later(1_000, hour, 1))).toMatchObject({ serverMs: 1_001_000 + hour, doubtful: false });
    const away = carryOn(reading, later(500, 0, null));
    expect(carryOn(away, later(1_000, hour, null)).serverMs).toBe(1_001_000 + hour);
  });

  test("through a clock that was set back while nobody looked", () => {
    expect(carryOn(reading, later(1_000, -hour, 1))).toMatchObject({ serverMs: 1_001_000, doubtful: true });
  });

  test("past a small drift, which adds up until it is none", () => {
    let carried = carryOn(reading, later(1_000, 1_500));
    expect(carried).toMatchObject({ serverMs: 1_001_000, doubtful: false });
    carried = carryOn(carried, later(2_000, 3_000, 1));
    expect(carried.serverMs).toBe(1_002_000 + 3_000);
  });
});

test("half of the time that the answer took has passed since it was given", () => {
  const read = readingOf(7_000, { wallMs: 100, monotonicMs: 10, view: 0 }, { wallMs: 300, monotonicMs: 210, view: 0 });
  expect(read).toMatchObject({ serverMs: 7_100, heardAtMs: 7_100, wallMs: 300, monotonicMs: 210 });
});

describe("without network, a new page", () => {
  const kept = toRemember(reading);

  test("goes on from the difference that there was", () => {
    const moment = { wallMs: 500_000, monotonicMs: 3, view: 0 };
    expect(readingFrom(kept, moment)).toMatchObject({ serverMs: 1_100_000, heardAtMs: 1_000_000, doubtful: false });
  });

  test("goes on from the new one where a page saw the clock being set", () => {
    const moved = carryOn(reading, later(1_000, hour));
    const moment = { wallMs: moved.wallMs + 5_000, monotonicMs: 3, view: 0 };
    expect(readingFrom(toRemember(moved), moment).serverMs).toBe(1_006_000);
  });

  test("doubts a clock by which it is earlier than it has been", () => {
    expect(readingFrom(kept, { wallMs: 400_000 - hour, monotonicMs: 3, view: 0 }).doubtful).toBe(true);
  });
});
