import type { tickets, Facts } from "@tessera/contracts";
import { toBase64url } from "@tessera/pass";
import { toCategory, toCompetitionSession, toOfferName } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { gatesOpenAt } from "../gate/window.ts";
import type { Actor } from "../ports.ts";
import { activationWindow, toTicketState } from "./ticket.ts";
import { selectTickets } from "./tickets.queries.ts";

/** The tickets that the actor holds, in the order of time; of one order, if asked. */
export async function listTickets(
  ctx: Pick<CoreContext, "db" | "clock" | "policy">,
  { accountId }: Pick<Actor, "accountId">,
  { orderId }: { orderId?: string | undefined },
): Promise<Facts<typeof tickets>> {
  const now = ctx.clock();
  const rows = await selectTickets(ctx.db, { holderAccountId: accountId, orderId });
  return rows.map((row) => {
    const session = toCompetitionSession(row);
    const { opensAt, closesAt } = activationWindow(ctx.policy, session);
    const key = row.device_public_key;
    const open = now < opensAt ? "not_open" : now < closesAt ? "open" : "closed";
    return {
      id: row.id,
      reference: row.reference,
      state: toTicketState(row.state),
      orderId: row.order_id,
      orderReference: row.order_reference,
      ...toOfferName(row),
      category: toCategory(row.category),
      zone: row.zone,
      holderName: row.holder_name,
      epoch: row.epoch,
      blocked: row.blocked_at !== null,
      competitionSession: { ...session, gatesOpenAt: gatesOpenAt(ctx.policy, session) },
      activation: {
        state: key === null ? open : "active",
        opensAt,
        devicePublicKey: key === null ? null : toBase64url(key),
      },
    };
  });
}

/** The server's clock, which phones and tablets follow. */
export function readServerTime(ctx: Pick<CoreContext, "clock">): { now: Date } {
  return { now: ctx.clock() };
}
