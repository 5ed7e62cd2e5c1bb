import type { list, Facts } from "@tessera/contracts";
import { toBase64url, tokenDigest } from "@tessera/pass";
import { deriveEpochToken } from "@tessera/pass/issuer";
import { toCategory, toCompetitionSession, toOfferName } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { loadOrganiserKeys, type OrganiserKeys } from "../keys/organiser-keys.ts";
import { selectCompetitionSession, selectGates, selectListedTickets } from "./gate.queries.ts";
import { toFirst } from "./gate.ts";
import { gateWindow } from "./window.ts";

type List = Facts<typeof list>;
type TicketRow = Awaited<ReturnType<typeof selectListedTickets>>[number];

/** The first bytes of a SHA-256 that a list holds. */
export const digestBytes = 12;

/** What a tablet needs to decide by itself for one competition session. Throws `not_found`. */
export async function readList(
  ctx: Pick<CoreContext, "db" | "clock" | "keyring" | "policy">,
  { competitionSessionId }: { competitionSessionId: string },
): Promise<List> {
  // Before the reading: a list may know more than its date says, never less.
  const madeAt = ctx.clock();
  const session = await selectCompetitionSession(ctx.db, competitionSessionId);
  if (session === undefined) throw new CodedError("not_found");
  const keys = await loadOrganiserKeys(ctx);
  const gates = await selectGates(ctx.db, session.venue_id);
  const tickets = await selectListedTickets(ctx.db, competitionSessionId);
  const facts = toCompetitionSession(session);
  return {
    gamesId: ctx.policy.gamesId,
    madeAt,
    competitionSession: { ...facts, number: session.number },
    window: gateWindow(ctx.policy, facts),
    zones: [...new Set(gates.flatMap(({ zones }) => zones))].toSorted((a, b) => a - b),
    maxAgeSeconds: ctx.policy.listMaxAgeSeconds,
    issuerKeys: keys.issuerPublicKeys.map(({ id, publicKey }) => ({ id, publicKey: toBase64url(publicKey) })),
    tickets: await Promise.all(tickets.map((row) => toListedTicket(row, keys))),
  };
}

async function toListedTicket(row: TicketRow, keys: OrganiserKeys): Promise<List["tickets"][number]> {
  return {
    id: row.id,
    state: listedState(row.state),
    epoch: row.epoch,
    zone: row.zone,
    category: toCategory(row.category),
    holderName: row.holder_name,
    ...toOfferName(row),
    passDigest: row.pass_sha256 === null ? null : toBase64url(row.pass_sha256.subarray(0, digestBytes)),
    nextTokenDigest: toBase64url(await nextTokenDigest(keys, row)),
    admitted: toFirst(row.admitted_at, row),
  };
}

/** A cancelled ticket is still listed, so that its code is refused for the right reason. */
export const listedState = (state: string): "good" | "revoked" => (state === "cancelled" ? "revoked" : "good");

/** What a code of the next epoch must show: proof that the server made it after this was written. */
export async function nextTokenDigest(keys: OrganiserKeys, ticket: { id: string; epoch: number }): Promise<Uint8Array> {
  return tokenDigest(ticket.id, deriveEpochToken(keys.tokenKey, ticket.id, ticket.epoch + 1));
}
