import { createHash } from "node:crypto";
import { outcome, reason, type ScanInput, type verdict, type Facts } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { decide, type ListEntry, readCode, type VerifiedCode, verifyCode } from "@tessera/pass";
import type { Transaction } from "kysely";
import { toCategory, toCompetitionSession, toOfferName } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import { loadOrganiserKeys, type OrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { changeTickets } from "../tickets/change-tickets.ts";
import { isSealed } from "../tickets/passes.ts";
import {
  insertAdmission,
  insertScan,
  lockScannedTicket,
  selectAdmissions,
  selectCompetitionSession,
  selectGates,
  selectScanByNonce,
} from "./gate.queries.ts";
import { toFirst, toGate } from "./gate.ts";
import { digestBytes, nextTokenDigest } from "./lists/next-token-digest.ts";
import { listedState } from "./lists/listed-state.ts";
import { gateWindow } from "./window.ts";

type ScanContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
type Verdict = Facts<typeof verdict>;
type ScannedTicket = NonNullable<Awaited<ReturnType<typeof lockScannedTicket>>>;
type Admissions = Awaited<ReturnType<typeof selectAdmissions>>;

/**
 * Decides on one reading at a gate by the newest that the server knows, and keeps it. The same `decide` as on the tablet;
 * the server adds the seal, which only it can check. Admitting locks the ticket, and so one of many wins. The same nonce
 * gives the same verdict again.
 *
 * Errors: `not_found` for a competition session that is not there, `gate_not_in_venue`, `conflict` for a nonce that came
 * with another code. A code that is no good is a verdict, never an error.
 */
export async function scanCode(ctx: ScanContext, actor: Pick<Actor, "accountId">, input: ScanInput): Promise<Verdict> {
  const session = await selectCompetitionSession(ctx.db, input.competitionSessionId);
  if (session === undefined) throw new CodedError("not_found");
  const gates = await selectGates(ctx.db, session.venue_id);
  const gate = gates.find(({ gate_id: id }) => id === input.gateId);
  if (gate === undefined) throw new CodedError("gate_not_in_venue");

  const keys = await loadOrganiserKeys(ctx);
  const issuerKeys = new Map(keys.issuerPublicKeys(ctx.clock()).map((key) => [key.id, key]));
  const verified = await verifyCode(readCode(input.code), issuerKeys, ctx.policy.gamesId);
  const codeSha256 = createHash("sha256").update(input.code).digest();

  return ctx.db.transaction().execute(async (trx) => {
    const ticketId = verified.ok ? verified.code.pass.ticketId : null;
    const ticket = ticketId === null ? undefined : await lockScannedTicket(trx, ticketId);
    const verdictBefore = async (): Promise<Verdict | undefined> => {
      const before = await selectScanByNonce(trx, input);
      if (before !== undefined && !before.code_sha256.equals(codeSha256)) throw new CodedError("conflict");
      return before && toVerdict(before, ticket);
    };
    const before = await verdictBefore();
    if (before !== undefined) return before;

    const now = ctx.clock();
    const admissions =
      ticket === undefined
        ? []
        : await selectAdmissions(trx, { competitionSessionId: ticket.competition_session_id, ticketId: ticket.id });
    const decided = decideHere(ctx, { session, gate, keys, verified, ticket, admissions, now });
    const first = decided.first === undefined ? null : { at: decided.first.admitted_at, gate: toGate(decided.first) };
    const scanId = newId(ctx);
    const isFirst = await insertScan(trx, {
      competitionSessionId: input.competitionSessionId,
      id: scanId,
      nonce: input.nonce,
      ticketId: ticket?.id ?? null,
      gateId: input.gateId,
      accountId: actor.accountId,
      outcome: decided.outcome,
      reason: decided.reason,
      codeSha256,
      first: first === null ? null : { at: first.at, gateId: first.gate.id },
      scannedAt: new Date(input.scannedAt),
      receivedAt: now,
    });
    if (!isFirst) {
      // A code that names no ticket takes no lock: the same nonce can come twice at once.
      const same = await verdictBefore();
      if (same !== undefined) return same;
      throw new Error("a scan neither went in nor was there");
    }
    if (decided.outcome === "admit" && ticket !== undefined) {
      await admit(ctx, trx, { ticket, scanId, gateId: input.gateId, now });
    }
    return {
      outcome: decided.outcome,
      reason: decided.reason,
      ticket: ticket === undefined ? null : toTicket(ticket),
      first,
      decidedAt: now,
    };
  });
}

type StoredScan = NonNullable<Awaited<ReturnType<typeof selectScanByNonce>>>;

/** What a scan was answered when it came for the first time. */
function toVerdict(scan: StoredScan, ticket: ScannedTicket | undefined): Verdict {
  return {
    outcome: outcome.parse(scan.outcome),
    reason: reason.parse(scan.reason),
    ticket: ticket === undefined ? null : toTicket(ticket),
    first: toFirst(scan.first_at, scan),
    decidedAt: scan.received_at,
  };
}

type Situation = {
  session: NonNullable<Awaited<ReturnType<typeof selectCompetitionSession>>>;
  gate: { zones: number[] };
  keys: OrganiserKeys;
  verified: VerifiedCode;
  ticket: ScannedTicket | undefined;
  admissions: Admissions;
  now: Date;
};

function decideHere(
  ctx: ScanContext,
  { session, gate, keys, verified, ticket, admissions, now }: Situation,
): Pick<Verdict, "outcome" | "reason"> & { first: Admissions[number] | undefined } {
  const window = gateWindow(ctx.policy, { startsAt: session.starts_at, endsAt: session.ends_at });
  const local = decide(
    verified,
    {
      competitionSessionNumber: session.number,
      direction: "in",
      zones: gate.zones,
      window: { fromMs: window.opensAt.getTime(), untilMs: window.closesAt.getTime() },
      reentry: "never",
      maxListAgeMs: ctx.policy.listMaxAgeSeconds * 1000,
    },
    {
      entry: ticket === undefined ? null : toEntry(ticket, keys),
      listMadeAtMs: now.getTime(),
      competitionSessionCancelled: session.competition_session_state === "cancelled",
      earlier: admissions.map((admission) => ({
        direction: "in",
        atMs: admission.admitted_at.getTime(),
        gate: admission.gate_id,
      })),
      clockInDoubt: false,
    },
    now.getTime(),
  );
  const first = local.earlier === null ? undefined : admissions[0];
  // A stolen issuer key alone signs what looks right; the seal needs both of the ticket's keys.
  if (local.outcome !== "refuse" && verified.ok && ticket !== undefined && !bearsSeal(ctx, verified, ticket)) {
    return { outcome: "refuse", reason: "bad_seal", first };
  }
  return { outcome: local.outcome, reason: local.reason, first };
}

function bearsSeal(ctx: ScanContext, verified: Extract<VerifiedCode, { ok: true }>, ticket: ScannedTicket): boolean {
  // The holder's account was deleted, and its key with it: no pass of it can be checked any more.
  if (ticket.sealed_account_key.length === 0) return false;
  return isSealed(ctx, verified.code.pass.bytes, {
    ticketId: ticket.id,
    epoch: ticket.epoch,
    holderAccountId: ticket.holder_account_id,
    sealedAccountKey: ticket.sealed_account_key,
    sealedPurchaseKey: ticket.sealed_purchase_key,
  });
}

async function admit(
  ctx: ScanContext,
  trx: Transaction<Database>,
  { ticket, scanId, gateId, now }: { ticket: ScannedTicket; scanId: string; gateId: string; now: Date },
): Promise<void> {
  const { id: ticketId, competition_session_id: competitionSessionId, state, epoch } = ticket;
  await insertAdmission(trx, { competitionSessionId, ticketId, scanId, gateId, at: now });
  await changeTickets(ctx, trx, [{ id: ticketId, competitionSessionId, state, epoch }], { state: "admitted", at: now });
}

/** The list entry that a tablet would hold if it were asked for at this moment. */
function toEntry(ticket: ScannedTicket, keys: OrganiserKeys): ListEntry {
  return {
    ticketId: ticket.id,
    state: listedState(ticket),
    competitionSessionNumber: ticket.number,
    zone: ticket.zone,
    category: toCategory(ticket.category),
    epoch: ticket.epoch,
    passDigest: ticket.pass_sha256 === null ? null : ticket.pass_sha256.subarray(0, digestBytes),
    nextTokenDigest: nextTokenDigest(keys, ticket),
  };
}

function toTicket(ticket: ScannedTicket): NonNullable<Verdict["ticket"]> {
  const { kind, name } = toOfferName(ticket);
  return {
    id: ticket.id,
    reference: ticket.reference,
    holderName: ticket.holder_name,
    kind,
    name,
    category: toCategory(ticket.category),
    zone: ticket.zone,
    competitionSession: toCompetitionSession(ticket),
  };
}
