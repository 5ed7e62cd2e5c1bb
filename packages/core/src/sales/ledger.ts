import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { insertLedgerEntries } from "./ledger.queries.ts";

/** A ticket as accounting sees it. `taxCents` is part of the price. */
export type PostedTicket = { offerId: string; competitionSessionId: string; priceCents: number; taxCents: number };

type Parts = Pick<CoreContext, "clock" | "random">;
type Posting = { orderId: string; paymentId: string; tickets: readonly PostedTicket[]; at: Date };

/**
 * Posts a sale: one immutable entry for each offer and competition session, and the same as deltas, which a job folds into
 * sums. In the transaction that marks the order paid, so that ledger and tickets never differ.
 */
export async function postSale(ctx: Parts, trx: Transaction<Database>, sale: Posting): Promise<void> {
  await insertLedgerEntries(trx, { ...sale, refundId: null, entries: withIds(ctx, sumTickets(sale.tickets)) });
}

/**
 * Posts the return of tickets: what the sale posted for them, price and tax as each ticket keeps them, negative. In the
 * transaction that cancels them. A refund without tickets posts nothing: money that bought nothing was no sale.
 */
export async function postRefund(
  ctx: Parts,
  trx: Transaction<Database>,
  refund: Posting & { refundId: string },
): Promise<void> {
  const entries = withIds(ctx, sumTickets(refund.tickets).map(negate));
  if (entries.length > 0) await insertLedgerEntries(trx, { ...refund, entries });
}

type Sum = {
  offerId: string;
  competitionSessionId: string;
  tickets: number;
  amountCents: number;
  taxCents: number;
};

/** One sum for each offer and competition session, in the order in which they come first. */
function sumTickets(tickets: readonly PostedTicket[]): Sum[] {
  const groups = Map.groupBy(tickets, ({ offerId, competitionSessionId }) => `${offerId} ${competitionSessionId}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { offerId, competitionSessionId } = first;
    return {
      offerId,
      competitionSessionId,
      tickets: group.length,
      amountCents: group.reduce((sum, { priceCents }) => sum + priceCents, 0),
      taxCents: group.reduce((sum, { taxCents }) => sum + taxCents, 0),
    };
  });
}

const negate = (sum: Sum): Sum => ({
  ...sum,
  tickets: -sum.tickets,
  amountCents: 0 - sum.amountCents,
  taxCents: 0 - sum.taxCents,
});

const withIds = (ctx: Parts, sums: readonly Sum[]) => sums.map((sum) => ({ ...sum, id: newId(ctx) }));
