import { refusalReasons } from "@tessera/contracts";
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
const known: Known = {
  entry,
  listMadeAtMs: nowMs - 60_000,
  competitionSessionCancelled: false,
  earlier: [],
  clockInDoubt: false,
};
const inside = [{ direction: "in", atMs: nowMs - 1000, gate: "A" }] as const;

type Change = { entry?: Partial<ListEntry>; policy?: Partial<GatePolicy>; known?: Partial<Known> };

test.each<[string, string, Change]>([
  ["whoever shows no code", "check looked_up", {}],
  ["a revoked ticket", "refuse revoked", { entry: { state: "revoked" } }],
  ["a blocked ticket", "refuse blocked", { entry: { state: "blocked" } }],
  ["another session's gate", "refuse wrong_competition_session", { policy: { competitionSessionNumber: 306 } }],
  ["another zone's gate", "refuse wrong_zone", { policy: { zones: [1] } }],
  [
    "a gate that is not home, cut off",
    "refuse wrong_gate",
    { policy: { offlineAdmission: "home_gate" }, known: { cutOffFromHome: true } },
  ],
  [
    "a gate that is not home, with contact",
    "check looked_up",
    { policy: { offlineAdmission: "home_gate" }, known: { cutOffFromHome: false } },
  ],
  [
    "a gate that is not home, cut off, where any will do",
    "check looked_up",
    { policy: { offlineAdmission: "any" }, known: { cutOffFromHome: true } },
  ],
  [
    "leaving by a gate that is not home, cut off",
    "check looked_up",
    {
      policy: { direction: "out", offlineAdmission: "home_gate" },
      known: { cutOffFromHome: true, earlier: inside },
    },
  ],
  ["a cancelled session", "refuse session_cancelled", { known: { competitionSessionCancelled: true } }],
  ["too early", "refuse too_early", { policy: { window: { fromMs: nowMs + 1, untilMs: nowMs + 2 } } }],
  [
    "too early by a clock in doubt",
    "check too_early",
    { policy: { window: { fromMs: nowMs + 1, untilMs: nowMs + 2 } }, known: { clockInDoubt: true } },
  ],
  ["an old list", "check list_too_old", { known: { listMadeAtMs: null } }],
  ["somebody who is in", "refuse already_admitted", { known: { earlier: inside } }],
  ["somebody who goes", "check looked_up", { policy: { direction: "out" }, known: { earlier: inside } }],
  ["somebody who goes and never came", "check not_inside", { policy: { direction: "out" } }],
])("%s: %s", (_, expected, change) => {
  const listed = { ...entry, ...change.entry };
  const verdict = decideLookUp(
    listed,
    { ...policy, ...change.policy },
    { ...known, entry: listed, ...change.known },
    nowMs,
  );
  expect(`${verdict.outcome} ${verdict.reason}`).toBe(expected);
});

test("nobody is let in by a name alone, whatever the list says", () => {
  expect(refusalReasons).toContain(decideLookUp(entry, policy, known, nowMs).reason);
  expect(decideLookUp(entry, { ...policy, stricter: { looked_up: "refuse" } }, known, nowMs).outcome).toBe("refuse");
});
