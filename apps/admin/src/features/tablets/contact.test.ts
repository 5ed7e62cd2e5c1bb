import { expect, test } from "vitest";
import { isGone, standingOf } from "./contact.ts";

const now = Date.parse("2028-07-14T20:00:00Z");
const seen = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();

test("an enrolled tablet is in contact for a minute after it was heard", () => {
  expect(standingOf({ state: "enrolled", lastContactAt: seen(59) }, now)).toBe("inContact");
  expect(standingOf({ state: "enrolled", lastContactAt: seen(60) }, now)).toBe("away");
  expect(standingOf({ state: "enrolled", lastContactAt: null }, now)).toBe("neverSeen");
});

test("a tablet that is not enrolled is in no contact, however lately it was heard", () => {
  expect(standingOf({ state: "revoked", lastContactAt: seen(1) }, now)).toBe("revoked");
  expect(isGone({ state: "revoked" })).toBe(true);
  expect(isGone({ state: "claimed" })).toBe(false);
});
