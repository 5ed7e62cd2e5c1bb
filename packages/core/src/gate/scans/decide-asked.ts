import { hash } from "node:crypto";
import { type Facts, outcome, reason, type ScanQuestion, type verdict } from "@tessera/contracts";
import { decide, decideLookUp, type VerifiedCode } from "@tessera/pass";
import type { CoreContext } from "../../context.ts";
import type { OrganiserKeys } from "../../keys/organiser-keys.ts";
import { toFirst } from "../gate.ts";
import { gateWindow } from "../window.ts";
import type { lookUpPlace } from "./place-lookups.queries.ts";
import type { PassageRow, ScannedTicket, StoredScan } from "./scanned-ticket.queries.ts";
import { bearsSeal, toEntry, toTicket } from "./scanned-ticket.ts";

type Verdict = Facts<typeof verdict>;

/** Where somebody stands: the competition session, the gate, and whose shift it is. */
export type Place = NonNullable<Awaited<ReturnType<typeof lookUpPlace>>> & { zones: number[]; account_id: string };

/** One question, with all that is known of it before its ticket is locked. */
export type Asked = {
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
  scannerId: string;
  question: ScanQuestion;
  place: Place;
  policy: { reentry: "never" | "after_exit"; maxListAgeMs: number };
  keys: OrganiserKeys;
  /** Null for somebody who was looked up. */
  verified: VerifiedCode | null;
};

/** The ticket that it names, if there is one, and who went in and out with it. */
type Situation = { ticket: ScannedTicket | undefined; passages: readonly PassageRow[]; now: Date };

/** What the server makes of it, and the passage that stands in the way. */
export function decideAsked(
  { ctx, place, policy, keys, verified, question, scannerId }: Asked,
  { ticket, passages, now }: Situation,
): Pick<Verdict, "outcome" | "reason"> & { inTheWay: PassageRow | undefined } {
  const window = gateWindow(ctx.policy, { startsAt: place.starts_at, endsAt: place.ends_at });
  const rules = {
    ...policy,
    competitionSessionNumber: place.number,
    direction: question.direction,
    zones: place.zones,
    window: { fromMs: window.opensAt.getTime(), untilMs: window.closesAt.getTime() },
  };
  const entry = ticket === undefined ? null : toEntry(ticket, keys);
  const earlier = passages.map((passage) => ({
    direction: passage.direction === "in" ? ("in" as const) : ("out" as const),
    atMs: passage.at.getTime(),
    gate: passage.gate_id,
    byHand: passage.by_hand || isUnheard(passage, scannerId),
    passage,
  }));
  const known = {
    entry,
    listMadeAtMs: now.getTime(),
    competitionSessionCancelled: place.state === "cancelled",
    earlier,
    clockInDoubt: false,
  };
  if (verified === null) {
    if (entry === null) return { outcome: "check", reason: "unknown_ticket", inTheWay: undefined };
    const local = decideLookUp(entry, rules, known, now.getTime());
    return { ...local, inTheWay: earlier.find((one) => one === local.earlier)?.passage };
  }
  const local = decide(verified, rules, known, now.getTime());
  const inTheWay = earlier.find((one) => one === local.earlier)?.passage;
  // A stolen issuer key alone signs what looks right; the seal needs both of the ticket's keys.
  if (local.outcome !== "refuse" && verified.ok && ticket !== undefined && !bearsSeal(ctx, verified, ticket)) {
    return { outcome: "refuse", reason: "bad_seal", inTheWay };
  }
  return { outcome: local.outcome, reason: local.reason, inTheWay };
}

/**
 * A tablet refuses by itself what it let in. If it asks all the same, it may never have heard our yes: it crashed, or the
 * answer was lost on the way. Until its record says so, a person looks.
 */
const isUnheard = ({ scanner_id, uploaded_at }: PassageRow, scannerId: string): boolean =>
  scanner_id === scannerId && uploaded_at === null;

/** A number names one scan for good. */
export function isSameScan(stored: StoredScan, question: ScanQuestion): boolean {
  const sha256 = sha256Of(question.code);
  return (
    stored.competition_session_id === question.competitionSessionId &&
    stored.scan_gate_id === question.gateId &&
    stored.direction === question.direction &&
    (question.code !== null || stored.ticket_id === question.ticketId) &&
    (sha256 === null ? stored.code_sha256 === null : stored.code_sha256?.equals(sha256) === true)
  );
}

/** What a scan was answered when it was asked for the first time, or what the tablet made of it alone. */
export function toVerdict(scan: StoredScan, ticket: ScannedTicket | undefined): Verdict {
  const { outcome: answered, reason: why } = scan;
  return {
    outcome: outcome.parse(answered ?? scan.shown ?? scan.tablet_outcome),
    reason: reason.parse(why ?? scan.tablet_reason),
    ticket: ticket === undefined ? null : toTicket(ticket),
    first: toFirst(scan.first_at, scan),
    decidedAt: scan.received_at,
  };
}

export const sha256Of = (code: string | null): Buffer | null => (code === null ? null : hash("sha256", code, "buffer"));
