import type { Facts, handOver as handOverSchema, handOvers } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { toCategory, toCompetitionSession, toOfferName } from "../../catalogue/rows.ts";
import type { CoreContext } from "../../context.ts";
import { gatesOpenAt } from "../../gate/window.ts";
import type { Actor } from "../../ports.ts";
import { stateNow } from "./hand-over.ts";
import { selectHandOversOf } from "./hand-overs.queries.ts";

type ListContext = Pick<CoreContext, "db" | "clock" | "policy">;

/**
 * What the actor has offered and what was offered to it, what is open first, then the newest. An offer is received by
 * whoever has an account with its address.
 */
export async function listHandOvers(
  ctx: ListContext,
  { accountId }: Pick<Actor, "accountId">,
): Promise<Facts<typeof handOvers>> {
  return readHandOvers(ctx, ctx.db, { accountId });
}

/** Some of them, or all, as a transaction sees them. */
export async function readHandOvers(
  { clock, policy }: Pick<ListContext, "clock" | "policy">,
  db: Kysely<Database>,
  { accountId, ids }: { accountId: string; ids?: readonly string[] },
): Promise<Facts<typeof handOvers>> {
  const now = clock();
  const rows = await selectHandOversOf(db, ids === undefined ? { accountId } : { accountId, ids });
  return rows.map((row): Facts<typeof handOverSchema> => {
    const session = toCompetitionSession(row);
    const { kind, name } = toOfferName(row);
    const given = row.from_account_id === accountId;
    const state = stateNow(row, now);
    return {
      id: row.id,
      state,
      direction: given ? "given" : "received",
      other: given ? row.to_email : row.from_name,
      ticketId: row.ticket_id,
      ticketReference: row.reference,
      orderId: given && row.buyer_account_id === accountId ? row.order_id : null,
      offeredAt: row.offered_at,
      expiresAt: row.expires_at,
      endedAt: row.ended_at ?? (state === "expired" ? row.expires_at : null),
      kind,
      name,
      category: toCategory(row.category),
      zone: row.zone,
      competitionSession: { ...session, gatesOpenAt: gatesOpenAt(policy, session) },
    };
  });
}
