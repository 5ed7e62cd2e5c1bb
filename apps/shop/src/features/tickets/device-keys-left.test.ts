import type { Ticket } from "@tessera/contracts";
import { expect, test } from "vitest";
import { keyUnlessOld, keyWithoutPass } from "./device-keys-left.ts";
import type { DeviceKey } from "./device-keys.ts";

const dayMs = 24 * 3_600_000;
const endsAtMs = Date.parse("2028-07-20T11:00:00.000Z");
const untilMs = endsAtMs + 30 * dayMs;
const ticket = { competitionSession: { endsAt: "2028-07-20T11:00:00.000Z" } } as Ticket;
const key: DeviceKey = {
  ticketId: "t",
  publicKey: new Uint8Array(32).fill(7),
  secret: { kind: "soft" } as DeviceKey["secret"],
  activated: { epoch: 1, pass: new Uint8Array(163) },
};
const left: DeviceKey = { ...key, activated: null, keepUntilMs: untilMs };

test("of a key whose owner signs out the same key stays, without its pass and with nothing of the owner", () => {
  expect(keyWithoutPass(key, ticket, endsAtMs)).toEqual(left);
  expect(keyWithoutPass(key, ticket, endsAtMs)?.secret).toBe(key.secret);
});

test.each([
  ["thirty days after its competition session", key, ticket, untilMs],
  ["thirty days after, once its owner has signed out", left, undefined, untilMs],
  [
    "by what the server last said, when it was brought forward",
    { ...left, keepUntilMs: untilMs + dayMs },
    ticket,
    untilMs,
  ],
] as const)("a key goes %s", (_, given, of, atMs) => {
  for (const change of [keyWithoutPass, keyUnlessOld]) {
    expect(change(given, of, atMs)).toBeNull();
    expect(change(given, of, atMs - 1)).not.toBeNull();
  }
});

test("a key of which nobody knows the competition session stays thirty days from signing out", () => {
  expect(keyUnlessOld(key, undefined, untilMs)).toBe(key);
  expect(keyWithoutPass(key, undefined, 5)?.keepUntilMs).toBe(5 + 30 * dayMs);
});

test("one that was postponed stays longer than was thought", () => {
  expect(keyUnlessOld({ ...left, keepUntilMs: untilMs - dayMs }, ticket, untilMs - 1)).not.toBeNull();
});

test("who signs out twice keeps a key no longer", () => {
  expect(keyWithoutPass(left, undefined, endsAtMs)).toEqual(left);
});
