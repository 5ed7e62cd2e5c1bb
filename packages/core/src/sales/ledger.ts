import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { insertLedgerEntries } from "./ledger.queries.ts";

type SoldTicket = { offerId: string; competitionSessionId: string; priceCents: number };

/**
 * Posts a sale: one immutable entry for each offer and competition session, and the same as deltas, which a job folds into
 * sums. In the transaction that marks the order paid, so that ledger and tickets never differ.
 */
export async function postSale(
  ctx: Pick<CoreContext, "clock" | "random">,
  trx: Transaction<Database>,
  sale: { orderId: string; paymentId: string; tickets: readonly SoldTicket[]; at: Date },
): Promise<void> {
  const sums = new Map<
    string,
    { offerId: string; competitionSessionId: string; tickets: number; amountCents: number }
  >();
  for (const { offerId, competitionSessionId, priceCents } of sale.tickets) {
    const key = `${offerId} ${competitionSessionId}`;
    const sum = sums.get(key) ?? { offerId, competitionSessionId, tickets: 0, amountCents: 0 };
    sums.set(key, { ...sum, tickets: sum.tickets + 1, amountCents: sum.amountCents + priceCents });
  }
  const entries = [...sums.values()].map((sum) => ({ ...sum, id: newId(ctx) }));
  await insertLedgerEntries(trx, { ...sale, kind: "sale", entries });
}
