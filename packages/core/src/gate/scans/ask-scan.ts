import { hash } from "node:crypto";
import { type Facts, outcome, reason, type ScanQuestion, type verdict } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { decide, decideLookUp, readCode, type VerifiedCode, verifyCode } from "@tessera/pass";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { loadOrganiserKeys, type OrganiserKeys } from "../../keys/organiser-keys.ts";
import { changeTickets } from "../../tickets/change-tickets.ts";
import { toFirst, toGate } from "../gate.ts";
import { keepContradictions } from "../incidents/tablet-incidents.ts";
import { gatePolicyOf } from "../policy/gate-policy.ts";
import type { EnrolledScanner } from "../scanners/scanner.ts";
import { gateWindow } from "../window.ts";
import { insertAskedScan, insertPassage } from "./ask-scan.queries.ts";
import { lockRecords } from "./records.queries.ts";
import {
  lockScannedTicket,
  type PassageRow,
  type ScannedTicket,
  selectPassages,
  selectPlace,
  selectScanByNumber,
  type StoredScan,
} from "./scanned-ticket.queries.ts";
import { bearsSeal, toEntry, toTicket } from "./scanned-ticket.ts";

type AskContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
type Verdict = Facts<typeof verdict>;
type Place = NonNullable<Awaited<ReturnType<typeof selectPlace>>> & { zones: number[]; account_id: string };

/**
 * Answers a tablet while a person waits: decides by the newest that the server knows, and keeps the scan. The same `decide`
 * as on the tablet; the server adds the seal, which only it can check. An admission locks the ticket, and so one of many
 * wins. The same number gives the same answer again; one whose record has come already is answered by that record.
 *
 * Errors: `competition_session_not_assigned`, `gate_not_in_venue`, `shift_over`, and `conflict` for a number that came with
 * another scan, which becomes an incident as well. A code that is no good is a verdict, never an error.
 */
export async function askScan(ctx: AskContext, scanner: EnrolledScanner, question: ScanQuestion): Promise<Verdict> {
  const { scannerId } = scanner;
  const place = await findPlace(ctx, scanner, question);
  const { reentry, maxListAgeSeconds } = await gatePolicyOf(ctx, ctx.db, question.competitionSessionId);
  const keys = await loadOrganiserKeys(ctx);
  const verified = question.code === null ? null : await verify(ctx, keys, question.code);

  const answer = await ctx.db.transaction().execute(async (trx) => {
    const ticketId = verified?.ok ? verified.code.pass.ticketId : question.ticketId;
    const ticket = ticketId === null ? undefined : await lockScannedTicket(trx, ticketId);
    const answerBefore = async (): Promise<Verdict | { contradicts: StoredScan } | undefined> => {
      const before = await selectScanByNumber(trx, { scannerId, number: question.number });
      if (before === undefined) return undefined;
      return isSameScan(before, question) ? toVerdict(before, ticket) : { contradicts: before };
    };
    const before = await answerBefore();
    if (before !== undefined) return before;

    const now = ctx.clock();
    const passages =
      ticket === undefined
        ? []
        : await selectPassages(trx, { competitionSessionId: ticket.competition_session_id, ticketId: ticket.id });
    const decided = decideHere(ctx, {
      place,
      policy: { reentry, maxListAgeMs: maxListAgeSeconds * 1000 },
      keys,
      verified,
      ticket,
      passages,
      question,
      scannerId,
      now,
    });
    const first = decided.inTheWay === undefined ? null : { at: decided.inTheWay.at, gate: toGate(decided.inTheWay) };
    const through = decided.outcome === "admit" && ticket !== undefined ? ticket : null;
    const scan = {
      id: newId(ctx),
      scannerId,
      accountId: place.account_id,
      question,
      ticketId: verified === null ? question.ticketId : (ticket?.id ?? null),
      codeSha256: sha256Of(question.code),
      proofSlot: verified?.ok && verified.proof === "good" ? (verified.code.proof?.slot ?? null) : null,
      passEpoch: verified?.ok ? verified.code.pass.epoch : null,
      outcome: decided.outcome,
      reason: decided.reason,
      // What is let in by a code alone was looked at as closely as its record will be.
      finding: through === null ? null : "good",
      through: through !== null,
      first,
      now,
    };
    if (!(await insertAskedScan(trx, scan))) {
      // A code that names no ticket takes no lock: the same number can come twice at once.
      const same = await answerBefore();
      if (same !== undefined) return same;
      throw new Error("a scan neither went in nor was there");
    }
    if (through !== null) await letThrough(ctx, trx, { ticket: through, passages, question, scanId: scan.id, now });
    const { outcome: said, reason: why } = decided;
    return {
      outcome: said,
      reason: why,
      ticket: ticket === undefined ? null : toTicket(ticket),
      first,
      decidedAt: now,
    };
  });
  if (!("contradicts" in answer)) return answer;
  await tellContradiction(ctx, scannerId, question.number, answer.contradicts);
  throw new CodedError("conflict");
}

function tellContradiction(ctx: AskContext, scannerId: string, number: number, stored: StoredScan): Promise<void> {
  const { id: scanId, competition_session_id: competitionSessionId } = stored;
  return ctx.db.transaction().execute(async (trx) => {
    await lockRecords(trx, scannerId);
    await keepContradictions(ctx, trx, [{ scannerId, number, competitionSessionId, scanId }], ctx.clock());
  });
}

async function findPlace(
  ctx: Pick<CoreContext, "db" | "clock">,
  { scannerId, competitionSessionIds }: EnrolledScanner,
  { competitionSessionId, gateId, shiftId }: ScanQuestion,
): Promise<Place> {
  if (!competitionSessionIds.includes(competitionSessionId)) throw new CodedError("competition_session_not_assigned");
  const place = await selectPlace(ctx.db, { competitionSessionId, gateId, shiftId, scannerId });
  if (place === undefined) throw new CodedError("competition_session_not_assigned");
  const { zones, account_id, shift_ends_at, shift_ended_at } = place;
  if (zones === null) throw new CodedError("gate_not_in_venue");
  const isOpen = shift_ends_at !== null && ctx.clock() < shift_ends_at && shift_ended_at === null;
  if (account_id === null || !isOpen) throw new CodedError("shift_over");
  return { ...place, zones, account_id };
}

function verify(ctx: Pick<CoreContext, "clock" | "policy">, keys: OrganiserKeys, code: string): Promise<VerifiedCode> {
  const issuerKeys = new Map(keys.issuerPublicKeys(ctx.clock()).map((key) => [key.id, key]));
  return verifyCode(readCode(code), issuerKeys, ctx.policy.gamesId);
}

type Situation = {
  place: Place;
  policy: { reentry: "never" | "after_exit"; maxListAgeMs: number };
  keys: OrganiserKeys;
  /** Null for somebody who was looked up. */
  verified: VerifiedCode | null;
  ticket: ScannedTicket | undefined;
  passages: readonly PassageRow[];
  question: ScanQuestion;
  scannerId: string;
  now: Date;
};

function decideHere(
  ctx: AskContext,
  { place, policy, keys, verified, ticket, passages, question, scannerId, now }: Situation,
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

async function letThrough(
  ctx: AskContext,
  trx: Transaction<Database>,
  through: {
    ticket: ScannedTicket;
    passages: readonly PassageRow[];
    question: ScanQuestion;
    scanId: string;
    now: Date;
  },
): Promise<void> {
  const { ticket, passages, question, scanId, now } = through;
  const { id, competition_session_id: competitionSessionId, state, epoch } = ticket;
  const { direction, gateId } = question;
  const ordinals = passages.filter((passage) => passage.direction === direction).map(({ ordinal }) => ordinal);
  const ordinal = 1 + Math.max(0, ...ordinals);
  await insertPassage(trx, { competitionSessionId, ticketId: id, direction, ordinal, scanId, gateId, at: now });
  if (direction === "in" && state === "issued") {
    await changeTickets(ctx, trx, [{ id, competitionSessionId, state, epoch }], { state: "admitted", at: now });
  }
}

/** A number names one scan for good. */
function isSameScan(stored: StoredScan, question: ScanQuestion): boolean {
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
function toVerdict(scan: StoredScan, ticket: ScannedTicket | undefined): Verdict {
  const { outcome: answered, reason: why } = scan;
  return {
    outcome: outcome.parse(answered ?? scan.shown ?? scan.tablet_outcome),
    reason: reason.parse(why ?? scan.tablet_reason),
    ticket: ticket === undefined ? null : toTicket(ticket),
    first: toFirst(scan.first_at, scan),
    decidedAt: scan.received_at,
  };
}

const sha256Of = (code: string | null): Buffer | null => (code === null ? null : hash("sha256", code, "buffer"));
