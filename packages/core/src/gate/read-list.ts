import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Facts, Gate, list } from "@tessera/contracts";
import { type ListHead, listPieces, type ListRow, type SignedList, toBase64url } from "@tessera/pass";
import { signList } from "@tessera/pass/issuer";
import { toCategory, toCompetitionSession, toOfferName } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { loadOrganiserKeys, type OrganiserKeys } from "../keys/organiser-keys.ts";
import { selectCompetitionSession, selectGates, selectListedTickets } from "./gate.queries.ts";
import { toFirst } from "./gate.ts";
import { takeListNumber } from "./list-number.queries.ts";
import { digestBytes, keptTokenDigest } from "./next-token-digest.ts";
import { gateWindow } from "./window.ts";

type List = Facts<typeof list>;
type ListContext = Pick<CoreContext, "db" | "clock" | "keyring" | "policy">;
type TicketRow = Awaited<ReturnType<typeof selectListedTickets>>[number];

/** For so long tablets that ask are given one reading: at a large venue hundreds ask each minute. */
const sharedMs = 2000;
type Reading = { readonly atMs: number; readonly list: Promise<SignedList> };
/** For each node, by competition session. */
const readingsOf = new WeakMap<CoreContext["keyring"], Map<string, Reading>>();

/** So many tickets are listed before other work has its turn. */
const ticketsPerTurn = 500;

/**
 * What a tablet needs to decide by itself for one competition session, at most two seconds old, signed by the list key
 * (docs/e-ticket.md, section 5). Of two lists the one with the higher number knows all that had happened when it was
 * numbered. Throws `not_found`.
 */
export async function readList(
  ctx: ListContext,
  { competitionSessionId }: { competitionSessionId: string },
): Promise<List> {
  return { ...(await sharedReading(ctx, competitionSessionId).list), answeredAt: ctx.clock() };
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

async function readAfresh(ctx: ListContext, competitionSessionId: string): Promise<SignedList> {
  // Before the reading: a list may know more than its date and number say, never less.
  const madeAt = ctx.clock();
  const number = await takeListNumber(ctx.db);
  const session = await selectCompetitionSession(ctx.db, competitionSessionId);
  if (session === undefined) throw new CodedError("not_found");
  const keys = await loadOrganiserKeys(ctx);
  const gates = await selectGates(ctx.db, session.venue_id);
  const listed = await listTickets(ctx, keys, await selectListedTickets(ctx.db, competitionSessionId));
  const { startsAt, endsAt, ...facts } = toCompetitionSession(session);
  const window = gateWindow(ctx.policy, { startsAt, endsAt });
  const head: ListHead = {
    gamesId: ctx.policy.gamesId,
    number,
    madeAt: madeAt.toISOString(),
    competitionSession: {
      ...facts,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      number: session.number,
    },
    window: { opensAt: window.opensAt.toISOString(), closesAt: window.closesAt.toISOString() },
    zones: [...new Set(gates.flatMap(({ zones }) => zones))].toSorted((a, b) => a - b),
    maxAgeSeconds: ctx.policy.listMaxAgeSeconds,
    issuerKeys: keys
      .issuerPublicKeys(madeAt)
      .map(({ id, publicKey, compromised }) => ({ id, publicKey: toBase64url(publicKey), compromised })),
    listKeys: keys.listPublicKeys(madeAt).map(({ id, publicKey }) => ({ id, publicKey: toBase64url(publicKey) })),
    gates: listed.gates,
    offers: listed.offers,
  };
  return sign(keys.list, head, listed.rows);
}

async function sign({ id, key }: OrganiserKeys["list"], head: ListHead, rows: readonly ListRow[]): Promise<SignedList> {
  const hash = createHash("sha256");
  const pieces: string[] = [];
  for (const piece of listPieces(head, rows)) {
    hash.update(piece);
    pieces.push(piece);
    await nextTurn();
  }
  return { body: pieces.join(""), keyId: id, signature: toBase64url(signList(key, head.gamesId, hash.digest())) };
}

type Listed = Pick<ListHead, "gates" | "offers"> & { readonly rows: readonly ListRow[] };

async function listTickets(ctx: ListContext, keys: OrganiserKeys, tickets: readonly TicketRow[]): Promise<Listed> {
  const [gates, offers] = [places<Gate>(), places<ListHead["offers"][number]>()];
  const rows: ListRow[] = [];
  for (const ticket of tickets) {
    if (rows.length % ticketsPerTurn === ticketsPerTurn - 1) await nextTurn();
    const admitted = toFirst(ticket.admitted_at, ticket);
    const { kind, name } = toOfferName(ticket);
    rows.push({
      id: Buffer.from(ticket.id.replaceAll("-", ""), "hex").toString("base64url"),
      state: listedState(ticket),
      epoch: ticket.epoch,
      zone: ticket.zone,
      category: toCategory(ticket.category),
      holderName: ticket.holder_name,
      offer: offers.placeOf(`${kind} ${name?.fr} ${name?.en}`, { kind, name }),
      passDigest: ticket.pass_sha256?.toString("base64url", 0, digestBytes) ?? null,
      nextTokenDigest: keptTokenDigest(ctx.keyring, keys, ticket),
      admittedAt: admitted?.at.getTime() ?? null,
      admittedGate: admitted === null ? null : gates.placeOf(admitted.gate.id, admitted.gate),
    });
  }
  return { rows, gates: gates.all, offers: offers.all };
}

/** What many tickets have alike is written once, and each says its place. */
function places<Value>() {
  const all: Value[] = [];
  const known = new Map<string, number>();
  const placeOf = (key: string, value: Value): number => {
    const place = known.get(key) ?? all.push(value) - 1;
    known.set(key, place);
    return place;
  };
  return { all, placeOf };
}

/** A ticket that is cancelled or blocked is still listed, so that its code is refused for the right reason. */
export function listedState(ticket: { state: string; blocked_at: Date | null }): "good" | "revoked" | "blocked" {
  if (ticket.state === "cancelled") return "revoked";
  return ticket.blocked_at === null ? "good" : "blocked";
}
