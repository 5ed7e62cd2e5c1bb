import { expect, test } from "vitest";
import { toInstant, toLocal } from "./venue-time.ts";

test.for([
  ["2028-07-14T10:00", "America/Los_Angeles", "2028-07-14T17:00:00.000Z"],
  ["2028-01-14T10:00", "America/Los_Angeles", "2028-01-14T18:00:00.000Z"],
  ["2024-07-26T19:30", "Europe/Paris", "2024-07-26T17:30:00.000Z"],
  ["2024-07-26T00:00", "Asia/Kolkata", "2024-07-25T18:30:00.000Z"],
  ["2024-07-26T12:00", "Pacific/Tahiti", "2024-07-26T22:00:00.000Z"],
  // The days around a change: the offset of the moment counts, not that of the day.
  ["2024-03-31T01:59", "Europe/Paris", "2024-03-31T00:59:00.000Z"],
  ["2024-03-31T03:00", "Europe/Paris", "2024-03-31T01:00:00.000Z"],
  ["2024-10-27T01:30", "Europe/Paris", "2024-10-26T23:30:00.000Z"],
  ["2024-10-27T03:00", "Europe/Paris", "2024-10-27T02:00:00.000Z"],
] as const)("%s in %s is %s, and back", ([local, timeZone, instant]) => {
  expect(toInstant(local, timeZone)).toBe(instant);
  expect(toLocal(instant, timeZone)).toBe(local);
});

test("an hour that is left out is the one after it; one that comes twice is the first", () => {
  expect(toInstant("2024-03-31T02:30", "Europe/Paris")).toBe("2024-03-31T01:30:00.000Z");
  expect(toInstant("2024-10-27T02:30", "Europe/Paris")).toBe("2024-10-27T00:30:00.000Z");
});
