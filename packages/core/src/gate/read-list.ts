import { setImmediate as nextTurn } from "node:timers/promises";
import type { list, Facts } from "@tessera/contracts";
import { toBase64url } from "@tessera/pass";
import { toCategory, toCompetitionSession, toOfferName } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { loadOrganiserKeys } from "../keys/organiser-keys.ts";
import { selectCompetitionSession, selectGates, selectListedTickets } from "./gate.queries.ts";
import { toFirst } from "./gate.ts";
import { digestBytes, keptTokenDigest } from "./next-token-digest.ts";
import { gateWindow } from "./window.ts";

type List = Facts<typeof list>;
type ListContext = Pick<CoreContext, "db" | "clock" | "keyring" | "policy">;
type TicketRow = Awaited<ReturnType<typeof selectListedTickets>>[number];

/** For so long tablets that ask are given one reading: at a large venue hundreds ask each minute. */
const sharedMs = 2000;
type Reading = { readonly atMs: number; readonly list: Promise<Omit<List, "answeredAt">> };
/** For each node, by competition session. */
const readingsOf = new WeakMap<CoreContext["keyring"], Map<string, Reading>>();

/** So many tickets are listed before other work has its turn. */
const ticketsPerTurn = 500;

/**
 * What a tablet needs to decide by itself for one competition session, at most two seconds old. Throws `not_found`. Those
 * who ask together are given the same objects: nobody may change them.
 */
export async function readList(
  ctx: ListContext,
  { competitionSessionId }: { competitionSessionId: string },
): Promise<List> {
  const reading = sharedReading(ctx, competitionSessionId);
  return { ...(await reading.list), answeredAt: ctx.clock() };
}

function sharedReading(ctx: ListContext, competitionSessionId: string): Reading {
  const readings = readingsOf.get(ctx.keyring) ?? new Map<string, Reading>();
  readingsOf.set(ctx.keyring, readings);
  const nowMs = ctx.clock().getTime();
  // A list is large: what is too old to be shared is not kept.
  for (const [id, { atMs }] of readings) if (nowMs < atMs || nowMs - atMs >= sharedMs) readings.delete(id);
  const before = readings.get(competitionSessionId);
  if (before !== undefined) return before;
  const reading = { atMs: nowMs, list: readAfresh(ctx, competitionSessionId) };
  readings.set(competitionSessionId, reading);
  reading.list.catch(() => {
    if (readings.get(competitionSessionId) === reading) readings.delete(competitionSessionId);
  });
  return reading;
}

async function readAfresh(ctx: ListContext, competitionSessionId: string): Promise<Omit<List, "answeredAt">> {
  // Before the reading: a list may know more than its date says, never less.
  const madeAt = ctx.clock();
  const session = await selectCompetitionSession(ctx.db, competitionSessionId);
  if (session === undefined) throw new CodedError("not_found");
  const keys = await loadOrganiserKeys(ctx);
  const gates = await selectGates(ctx.db, session.venue_id);
  const rows = await selectListedTickets(ctx.db, competitionSessionId);
  const tickets: List["tickets"] = [];
  for (const row of rows) {
    if (tickets.length % ticketsPerTurn === ticketsPerTurn - 1) await nextTurn();
    tickets.push(toListedTicket(row, keptTokenDigest(ctx.keyring, keys, row)));
  }
  const facts = toCompetitionSession(session);
  return {
    gamesId: ctx.policy.gamesId,
    madeAt,
    competitionSession: { ...facts, number: session.number },
    window: gateWindow(ctx.policy, facts),
    zones: [...new Set(gates.flatMap(({ zones }) => zones))].toSorted((a, b) => a - b),
    maxAgeSeconds: ctx.policy.listMaxAgeSeconds,
    issuerKeys: keys
      .issuerPublicKeys(madeAt)
      .map(({ id, publicKey, compromised }) => ({ id, publicKey: toBase64url(publicKey), compromised })),
    tickets,
  };
}

function toListedTicket(row: TicketRow, nextTokenDigest: string): List["tickets"][number] {
  return {
    id: row.id,
    state: listedState(row),
    epoch: row.epoch,
    zone: row.zone,
    category: toCategory(row.category),
    holderName: row.holder_name,
    ...toOfferName(row),
    passDigest: row.pass_sha256 === null ? null : toBase64url(row.pass_sha256.subarray(0, digestBytes)),
    nextTokenDigest,
    admitted: toFirst(row.admitted_at, row),
  };
}

/** A ticket that is cancelled or blocked is still listed, so that its code is refused for the right reason. */
export function listedState(ticket: { state: string; blocked_at: Date | null }): "good" | "revoked" | "blocked" {
  if (ticket.state === "cancelled") return "revoked";
  return ticket.blocked_at === null ? "good" : "blocked";
}
