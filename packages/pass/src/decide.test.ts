import { outcomes, refusalReasons, type Outcome, type ReasonCode } from "@tessera/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decide, outcomeOf } from "./decide.ts";
import type { Pass } from "./pass.ts";
import type { GatePolicy, Known, ListEntry, RefusalReason } from "./policy.ts";
import { slotAt } from "./slot.ts";
import type { VerifiedCode } from "./verify.ts";

const nowMs = Date.UTC(2028, 6, 15, 18, 0, 7);
const now = nowMs / 1000;
const digest = (first: number) => Uint8Array.from({ length: 12 }, (_, index) => first + index);

const pass: Pass = {
  issuerKeyId: 1,
  ticketId: "01990b5a-7c00-7abc-8def-0123456789ab",
  competitionSessionNumber: 305,
  zone: 2,
  category: "B",
  epoch: 3,
  validFrom: now - 60,
  validUntil: now + 60,
  paper: false,
  softKey: false,
  wheelchair: false,
  child: false,
  devicePublicKey: new Uint8Array(32),
  epochToken: new Uint8Array(16),
  seal: new Uint8Array(16),
  signature: new Uint8Array(64),
  bytes: new Uint8Array(163),
};
type Verified = Extract<VerifiedCode, { ok: true }>;
const good: Verified = {
  ok: true,
  code: { pass, proof: { slot: slotAt(nowMs), signature: new Uint8Array(64) } },
  passDigest: digest(0),
  tokenDigest: digest(100),
  issuerCompromised: false,
  proof: "good",
};
const entry: ListEntry = {
  ticketId: pass.ticketId,
  state: "good",
  competitionSessionNumber: 305,
  zone: 2,
  category: "B",
  epoch: 3,
  passDigest: digest(0),
  nextTokenDigest: digest(200),
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

/** The good scan with some of it changed. */
type Change = {
  pass?: Partial<Pass>;
  verified?: Partial<Verified>;
  slot?: number;
  entry?: Partial<ListEntry> | null;
  policy?: Partial<GatePolicy>;
  known?: Partial<Known>;
};
function scan(change: Change = {}) {
  const changedPass = { ...pass, ...change.pass };
  const proof = changedPass.paper ? null : { slot: change.slot ?? slotAt(nowMs), signature: new Uint8Array(64) };
  const verified: Verified = {
    ...good,
    proof: proof === null ? "none" : "good",
    ...change.verified,
    code: { pass: changedPass, proof },
  };
  const changedEntry = change.entry === null ? null : { ...entry, ...change.entry };
  return decide(verified, { ...policy, ...change.policy }, { ...known, entry: changedEntry, ...change.known }, nowMs);
}
const answer = (change?: Change) => {
  const { outcome, reason } = scan(change);
  return `${outcome} ${reason}`;
};

const next = { entry: { epoch: 2, nextTokenDigest: digest(100) } };
const earlier = (...directions: ("in" | "out")[]) =>
  directions.map((direction, index) => ({ direction, atMs: nowMs - 1000 + index, gate: `G${index}` }));
const leaving = { direction: "out" } as const;
const reentry = { reentry: "after_exit" } as const;

test.each<[string, string, Change | undefined]>([
  ["a good scan", "admit admitted", undefined],
  ["a pass activated after the list was made", "admit admitted", next],
  ["a ticket that the list does not have", "check unknown_ticket", { entry: null }],
  [
    "an entry for another ticket",
    "check unknown_ticket",
    { entry: { ticketId: "01990b5a-7c00-7abc-8def-000000000000" } },
  ],
  ["a revoked ticket", "refuse revoked", { entry: { state: "revoked" } }],
  ["a blocked ticket", "refuse blocked", { entry: { state: "blocked" } }],
  ["an older epoch", "refuse superseded", { entry: { epoch: 4 } }],
  ["another pass of this epoch", "refuse not_current_pass", { entry: { passDigest: digest(1) } }],
  ["an epoch without a pass", "refuse not_current_pass", { entry: { passDigest: null } }],
  ["this epoch in another zone", "refuse not_current_pass", { entry: { zone: 1 } }],
  ["this epoch in another category", "refuse not_current_pass", { entry: { category: "A" } }],
  ["this epoch for another session", "refuse not_current_pass", { entry: { competitionSessionNumber: 306 } }],
  ["the next epoch with a wrong token", "check unlisted_pass", { entry: { epoch: 2 } }],
  ["the next epoch in a dearer category", "check unlisted_pass", { entry: { ...next.entry, category: "C" } }],
  ["the next epoch but one", "check unlisted_pass", { entry: { ...next.entry, epoch: 1 } }],
  ["the next epoch by a compromised key", "check unlisted_pass", { ...next, verified: { issuerCompromised: true } }],
  ["a listed pass by a compromised key", "admit admitted", { verified: { issuerCompromised: true } }],
  ["another session's gate", "refuse wrong_competition_session", { policy: { competitionSessionNumber: 306 } }],
  ["another zone's gate", "refuse wrong_zone", { policy: { zones: [1, 3] } }],
  ["another category's gate", "refuse wrong_gate", { policy: { categories: ["A"] } }],
  ["a wheelchair before steps", "refuse wrong_gate", { pass: { wheelchair: true }, policy: { stepFree: false } }],
  ["a wheelchair where none are", "admit admitted", { pass: { wheelchair: true }, policy: { categories: ["B"] } }],
  ["a cancelled session", "refuse session_cancelled", { known: { competitionSessionCancelled: true } }],
  ["before the list's window", "refuse too_early", { policy: { window: { fromMs: nowMs + 1, untilMs: nowMs + 2 } } }],
  ["at the window's end", "refuse too_late", { policy: { window: { fromMs: 0, untilMs: nowMs } } }],
  ["a window that only the pass has missed", "admit admitted", { pass: { validFrom: 1, validUntil: 2 } }],
  ["a bad proof", "refuse bad_proof", { verified: { proof: "bad" } }],
  ["two slots ago", "refuse stale_code", { slot: slotAt(nowMs) - 2 }],
  ["one slot ago", "admit admitted", { slot: slotAt(nowMs) - 1 }],
  ["one slot ahead", "admit admitted", { slot: slotAt(nowMs) + 1 }],
  ["two slots ahead", "refuse stale_code", { slot: slotAt(nowMs) + 2 }],
  ["a list older than it may be", "check list_too_old", { known: { listMadeAtMs: nowMs - 3_600_001 } }],
  ["a list as old as it may be", "admit admitted", { known: { listMadeAtMs: nowMs - 3_600_000 } }],
  ["no list at all", "check list_too_old", { known: { listMadeAtMs: null } }],
  ["paper", "check paper", { pass: { paper: true, devicePublicKey: null } }],
  ["a second scan", "refuse already_admitted", { known: { earlier: earlier("in") } }],
  ["a second scan after leaving", "refuse already_admitted", { known: { earlier: earlier("in", "out") } }],
  ["re-entry while inside", "check already_inside", { policy: reentry, known: { earlier: earlier("in") } }],
  ["re-entry after leaving", "admit admitted", { policy: reentry, known: { earlier: earlier("in", "out") } }],
  ["leaving", "admit exited", { policy: leaving, known: { earlier: earlier("in") } }],
  ["leaving twice", "check not_inside", { policy: leaving, known: { earlier: earlier("in", "out") } }],
  ["leaving without having come", "check not_inside", { policy: leaving }],
  [
    "leaving by an old list",
    "admit exited",
    { policy: leaving, known: { earlier: earlier("in"), listMadeAtMs: null } },
  ],
  [
    "leaving late, from a cancelled session",
    "admit exited",
    {
      policy: { ...leaving, window: { fromMs: 0, untilMs: 1 } },
      known: { earlier: earlier("in"), competitionSessionCancelled: true },
    },
  ],
])("%s: %s", (_, expected, change) => {
  expect(answer(change)).toBe(expected);
});

test("an earlier admission says when and at which gate, whatever order the scans came in", () => {
  const scans = earlier("in", "out", "in").toReversed();
  expect(scan({ known: { earlier: scans } }).earlier).toEqual({ direction: "in", atMs: nowMs - 1000, gate: "G0" });
  expect(scan({ policy: reentry, known: { earlier: scans } }).earlier?.gate).toBe("G2");
  expect(scan().earlier).toBeNull();
});

test("a closer look sees what else is wrong: paper that has been in before", () => {
  const paper = { pass: { paper: true, devicePublicKey: null }, known: { earlier: earlier("in") } };
  expect(scan(paper)).toMatchObject({ reason: "paper", alsoFailed: ["already_admitted"], earlier: { gate: "G0" } });
});

test("what could not be read or verified is refused by its own reason", () => {
  for (const reason of ["malformed", "unknown_version", "unknown_issuer", "bad_signature"] as const) {
    const verdict = decide({ ok: false, reason }, policy, { ...known, entry: null }, nowMs);
    expect(verdict).toEqual({ outcome: "refuse", reason, alsoFailed: [], earlier: null });
  }
});

test("a doubtful clock makes a check of what the clock alone refuses, even by the strictest policy", () => {
  const inDoubt = { clockInDoubt: true };
  const stricter = { too_late: "refuse", stale_code: "refuse" } as const;
  expect(answer({ known: inDoubt, slot: slotAt(nowMs) - 9, policy: { stricter } })).toBe("check stale_code");
  expect(answer({ known: inDoubt, policy: { stricter, window: { fromMs: 0, untilMs: 1 } } })).toBe("check too_late");
  expect(answer({ known: inDoubt, policy: { window: { fromMs: nowMs + 1, untilMs: nowMs + 2 } } })).toBe(
    "check too_early",
  );
  expect(answer({ known: inDoubt, verified: { proof: "bad" } })).toBe("refuse bad_proof");
  expect(answer({ known: inDoubt })).toBe("admit admitted");
});

test("a policy makes outcomes stricter and never laxer", () => {
  expect(answer({ policy: { stricter: { admitted: "check" } } })).toBe("check admitted");
  expect(answer({ entry: null, policy: { stricter: { unknown_ticket: "refuse" } } })).toBe("refuse unknown_ticket");
  const lax = { unknown_ticket: "admit", revoked: "admit", superseded: "check" } as const;
  expect(answer({ entry: null, policy: { stricter: lax } })).toBe("check unknown_ticket");
  expect(answer({ entry: { state: "revoked" }, policy: { stricter: lax } })).toBe("refuse revoked");
  expect(outcomeOf("bad_seal", { ...policy, stricter: { bad_seal: "admit" } })).toBe("refuse");
});

/** Faults that stand beside each other, each with the reason it must give and no other. */
const faults: Partial<Record<RefusalReason, Change>> = {
  revoked: { entry: { state: "revoked" } },
  superseded: { entry: { epoch: 4 } },
  wrong_competition_session: { policy: { competitionSessionNumber: 306 } },
  wrong_zone: { policy: { zones: [9] } },
  wrong_gate: { policy: { categories: ["E"] } },
  session_cancelled: { known: { competitionSessionCancelled: true } },
  too_late: { policy: { window: { fromMs: 0, untilMs: nowMs } } },
  bad_proof: { verified: { proof: "bad" } },
  stale_code: { slot: 0 },
  list_too_old: { known: { listMadeAtMs: 0 } },
  already_admitted: { known: { earlier: earlier("in") } },
};

function merge(a: Change, b: Change): Change {
  return {
    ...a,
    ...b,
    entry: { ...a.entry, ...b.entry },
    policy: { ...a.policy, ...b.policy },
    known: { ...a.known, ...b.known },
    verified: { ...a.verified, ...b.verified },
  };
}

const severity = (outcome: Outcome) => outcomes.indexOf(outcome);

test("of many faults, the first in the fixed order is the answer and the others follow", () => {
  const some = fc.subarray(refusalReasons.filter((reason) => reason in faults));
  const listing = fc.constantFrom<[RefusalReason, Change] | null>(
    null,
    ["unlisted_pass", { entry: { epoch: 1 } }],
    ["not_current_pass", { entry: { passDigest: null } }],
  );
  fc.assert(
    fc.property(some, listing, (picked, otherListing) => {
      const reasons = new Set<RefusalReason>(picked);
      let change = picked.map((reason) => faults[reason] ?? {}).reduce(merge, {});
      if (otherListing !== null && !reasons.has("superseded")) {
        reasons.add(otherListing[0]);
        change = merge(change, otherListing[1]);
      }
      const { reason, alsoFailed } = scan(change);
      const failed = refusalReasons.filter((candidate) => reasons.has(candidate));
      expect([reason, ...alsoFailed]).toEqual(failed.length === 0 ? ["admitted"] : failed);
    }),
  );
});

test("it always answers, by the default or stricter, and admits only when nothing failed", () => {
  const number = fc.oneof(fc.integer(), fc.double());
  const outcome = fc.constantFrom(...outcomes);
  const bytes = fc.constantFrom(digest(0), digest(100), new Uint8Array());
  const reason = fc.constantFrom<ReasonCode>(...refusalReasons, "admitted", "exited");
  const direction = fc.constantFrom("in" as const, "out" as const);
  const changes = fc.record({
    pass: fc.record({ epoch: fc.nat(4), zone: fc.nat(2), paper: fc.boolean(), wheelchair: fc.boolean() }),
    verified: fc.record({ issuerCompromised: fc.boolean(), passDigest: bytes, tokenDigest: bytes }),
    slot: number,
    entry: fc.option(fc.record({ epoch: fc.nat(4), nextTokenDigest: bytes, passDigest: fc.option(bytes) })),
    policy: fc.record({
      direction,
      window: fc.record({ fromMs: number, untilMs: number }),
      reentry: fc.constantFrom("never" as const, "after_exit" as const),
      maxListAgeMs: number,
      stricter: fc.dictionary(reason, outcome),
    }),
    known: fc.record({
      listMadeAtMs: fc.option(number),
      clockInDoubt: fc.boolean(),
      earlier: fc.array(fc.record({ direction, atMs: number, gate: fc.string() })),
    }),
  });
  fc.assert(
    fc.property(changes, (change) => {
      const verdict = scan(change);
      const usual = outcomeOf(verdict.reason, policy, change.known.clockInDoubt);
      expect(severity(verdict.outcome)).toBeGreaterThanOrEqual(severity(usual));
      const isYes = verdict.reason === "admitted" || verdict.reason === "exited";
      if (verdict.outcome === "admit" || isYes) expect([isYes, verdict.alsoFailed]).toEqual([true, []]);
    }),
    { numRuns: 2000 },
  );
});
