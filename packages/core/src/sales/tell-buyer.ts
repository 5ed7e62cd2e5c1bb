import type { CompetitionSessionSummary } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { findLiveAccount } from "../accounts/accounts.queries.ts";
import { toCompetitionSession } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { appLink, queueMail } from "../mail/queue-mail.ts";
import { isUnpaid, toOrderState } from "./order.ts";
import type { LockedOrder, selectOrderLines } from "./orders.queries.ts";
import { lockAccounts } from "./reservations.queries.ts";

type OrderLines = Awaited<ReturnType<typeof selectOrderLines>>;

/**
 * Queues the mail that confirms an order, with where its tickets are activated and what a calendar file says of them.
 * An account that is deleted meanwhile leaves no mail to it behind.
 *
 * @param paid.order with the state that it had before it was paid
 */
export async function tellBuyer(
  ctx: Pick<CoreContext, "clock" | "random" | "keyring" | "policy">,
  trx: Transaction<Database>,
  { order, totalCents, tickets, lines }: { order: LockedOrder; totalCents: number; tickets: number; lines: OrderLines },
): Promise<void> {
  await lockAccounts(trx, [order.account_id]);
  const buyer = await findLiveAccount(trx, order.account_id);
  if (buyer === undefined) return;
  await queueMail(trx, ctx, {
    to: buyer.email,
    locale: buyer.locale,
    accountId: buyer.id,
    content: {
      template: "order_paid",
      reference: order.reference,
      totalCents,
      tickets,
      late: !isUnpaid(toOrderState(order.state)),
      competitionSessions: sessionsOf(lines),
      ticketsLink: appLink(ctx, "shop", "tickets"),
      orderLink: appLink(ctx, "shop", `orders/${order.id}`),
    },
  });
}

/** Each competition session once, however many lines let into it. */
function sessionsOf(lines: OrderLines): CompetitionSessionSummary[] {
  const sessions = new Map(lines.map((line) => [line.competition_session_id, toCompetitionSession(line)]));
  return [...sessions.values()].map((session) => ({
    ...session,
    startsAt: session.startsAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
  }));
}
