import { expect, test } from "vitest";
import { decideLookUp } from "./decide.ts";
import type { GatePolicy, Known, ListEntry } from "./policy.ts";

const nowMs = Date.UTC(2028, 6, 15, 18, 0, 7);
const entry: ListEntry = {
  ticketId: "01990b5a-7c00-7abc-8def-0123456789ab",
  state: "good",
  competitionSessionNumber: 305,
  zone: 2,
  category: "B",
  epoch: 0,
  passDigest: null,
  nextTokenDigest: new Uint8Array(12),
};
const policy: GatePolicy = {
  competitionSessionNumber: 305,
  direction: "in",
  zones: [1, 2],
  window: { fromMs: nowMs - 60_000, untilMs: nowMs + 60_000 },
  reentry: "never",
  maxListAgeMs: 3_600_000,
};
const byHand = [{ direction: "in", atMs: nowMs - 1000, gate: "A", byHand: true }] as const;
const known: Known = {
  entry,
  listMadeAtMs: nowMs - 60_000,
  competitionSessionCancelled: false,
  earlier: byHand,
  clockInDoubt: false,
};

test.each<[string, string, Partial<GatePolicy>, Partial<ListEntry>]>([
  ["where nobody comes back", "check already_admitted", {}, {}],
  ["while inside", "check already_inside", { reentry: "after_exit" }, {}],
  ["where the policy is stricter", "refuse already_admitted", { stricter: { already_admitted: "refuse" } }, {}],
  ["of a revoked ticket", "refuse revoked", {}, { state: "revoked" }],
])("after an entry by hand, %s: %s", (_, expected, strict, change) => {
  const listed = { ...entry, ...change };
  const verdict = decideLookUp(listed, { ...policy, ...strict }, { ...known, entry: listed }, nowMs);
  expect(`${verdict.outcome} ${verdict.reason}`).toBe(expected);
  if (expected.startsWith("check")) expect(verdict.earlier).toEqual(byHand[0]);
});
