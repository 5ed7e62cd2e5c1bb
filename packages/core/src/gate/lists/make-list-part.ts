import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ListPartInput } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type ListHead, type ListPlace, listPieces, type ListRow, type SignedList, toBase64url } from "@tessera/pass";
import { signList } from "@tessera/pass/issuer";
import type { Transaction } from "kysely";
import { toCompetitionSession } from "../../catalogue/rows.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { loadOrganiserKeys, type OrganiserKeys } from "../../keys/organiser-keys.ts";
import { selectCompetitionSession, selectGates } from "../gate.queries.ts";
import { gatePolicyOf } from "../policy/gate-policy.ts";
import { gateWindow } from "../window.ts";
import { cursorAfter, readCursor, writeCursor } from "./list-cursor.ts";
import { takeListNumber } from "./list-number.queries.ts";
import { type ListedTicketRow, toListRows, wireId } from "./list-rows.ts";
import {
  countTickets,
  inOneSnapshot,
  selectChangedTickets,
  selectGatesById,
  selectSnapshot,
  selectTicketPage,
} from "./lists.queries.ts";

export type PartContext = Pick<CoreContext, "db" | "clock" | "keyring" | "policy">;
type Wanted = Omit<ListPartInput, "above">;
export type NumberedPart = {
  readonly number: number;
  readonly signed: SignedList;
  /** Of a fresh list. */
  readonly total: number | null;
};

/** Reads and signs a part of at most `limit` tickets. Throws `not_found`. */
export async function makeListPart(ctx: PartContext, wanted: Wanted, limit: number): Promise<NumberedPart> {
  // Before the reading: a part may know more than its date and number say, never less.
  const madeAt = ctx.clock();
  const number = await takeListNumber(ctx.db);
  const keys = await loadOrganiserKeys(ctx);
  const { tickets, gates, total, ...facts } = await inOneSnapshot(ctx.db, async (trx) => {
    const {
      place,
      total: all,
      tickets: found,
    } = await readTickets(trx, wanted, { number, tokenKey: keys.token.id, limit });
    const venue = await readVenue(ctx, trx, wanted.competitionSessionId);
    const passed = found.flatMap((ticket) => [ticket.first_gate_id ?? [], ticket.last_gate_id ?? []].flat());
    const known = new Set(venue.gates.map(({ id }) => id));
    const elsewhere = await selectGatesById(
      trx,
      [...new Set(passed)].filter((id) => !known.has(id)),
    );
    // Nothing lies behind a gate of another venue.
    return {
      ...venue,
      place,
      total: all,
      tickets: found,
      gates: [...venue.gates, ...elsewhere.map((gate) => ({ ...gate, zones: [] }))],
    };
  });
  const { rows, offers } = await toListRows(ctx, keys, tickets, new Map(gates.map(({ id }, index) => [id, index])));
  const { place, ...session } = facts;
  const head: ListHead & ListPlace = {
    gamesId: ctx.policy.gamesId,
    number,
    madeAt: madeAt.toISOString(),
    ...session,
    issuerKeys: keys
      .issuerPublicKeys(madeAt)
      .map(({ id, publicKey, compromised }) => ({ id, publicKey: toBase64url(publicKey), compromised })),
    listKeys: keys.listPublicKeys(madeAt).map(({ id, publicKey }) => ({ id, publicKey: toBase64url(publicKey) })),
    gates,
    offers,
    ...place,
  };
  return { number, signed: await sign(keys.list, head, rows), total };
}

type Found = {
  readonly place: ListPlace;
  readonly total: number | null;
  readonly tickets: readonly ListedTicketRow[];
};

async function readTickets(
  trx: Transaction<Database>,
  { competitionSessionId, cursor, after }: Wanted,
  { number, tokenKey, limit }: { number: number; tokenKey: number; limit: number },
): Promise<Found> {
  const snapshot = await selectSnapshot(trx);
  const since = cursor === null ? null : readCursor(cursor, tokenKey, snapshot);
  if (cursor === null || since === null) {
    const found = await selectTicketPage(trx, { competitionSessionId, after: after?.ticketId ?? null, limit });
    const page = { first: after?.first ?? number, index: after?.index ?? 0, after: after && wireId(after.ticketId) };
    const place = {
      since: null,
      page,
      cursor: writeCursor({ tokenKey, xid: snapshot.xmin, after: null }),
      more: found.length > limit,
    };
    return { place, total: await countTickets(trx, competitionSessionId), tickets: found.slice(0, limit) };
  }
  const found = await selectChangedTickets(trx, { competitionSessionId, since, before: snapshot.xmax, limit });
  const tickets = found.slice(0, limit);
  const more = found.length > limit;
  const last = tickets.at(-1);
  const told = more && last !== undefined ? { xid: BigInt(last.changed_xid), ticketId: last.id } : null;
  const place = { since: cursor, page: null, cursor: writeCursor(cursorAfter(since, snapshot, told)), more };
  return { place, total: null, tickets };
}

async function readVenue(ctx: PartContext, trx: Transaction<Database>, competitionSessionId: string) {
  const session = await selectCompetitionSession(trx, competitionSessionId);
  if (session === undefined) throw new CodedError("not_found");
  const gates = await selectGates(trx, session.venue_id);
  const { reentry, offlineAdmission, maxListAgeSeconds, listTooOld } = await gatePolicyOf(
    ctx,
    trx,
    competitionSessionId,
  );
  const { startsAt, endsAt, ...facts } = toCompetitionSession(session);
  const window = gateWindow(ctx.policy, { startsAt, endsAt });
  return {
    competitionSession: {
      ...facts,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      number: session.number,
    },
    window: { opensAt: window.opensAt.toISOString(), closesAt: window.closesAt.toISOString() },
    policy: { reentry, offlineAdmission, maxAgeSeconds: maxListAgeSeconds, listTooOld },
    gates: gates.map((gate) => ({ id: gate.gate_id, code: gate.gate_code, name: gate.gate_name, zones: gate.zones })),
  };
}

async function sign(
  { id, key }: OrganiserKeys["list"],
  head: ListHead & ListPlace,
  rows: readonly ListRow[],
): Promise<SignedList> {
  const hash = createHash("sha256");
  const pieces: string[] = [];
  for (const piece of listPieces(head, rows)) {
    hash.update(piece);
    pieces.push(piece);
    await nextTurn();
  }
  return { body: pieces.join(""), keyId: id, signature: toBase64url(signList(key, head.gamesId, hash.digest())) };
}
