import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { newId, newReference } from "../ids.ts";
import { readSalesSettings } from "../sales/sales-settings.ts";
import { splitCents } from "../sales/split-cents.ts";
import { taxIn } from "../sales/tax.ts";
import { newPurchaseKey } from "./passes.ts";
import { insertTickets, selectHolderName } from "./tickets.queries.ts";

type PaidLine = {
  id: string;
  offer_id: string;
  quantity: number;
  persons: number;
  unit_price_cents: number;
  category: string;
  zone: number;
  competition_session_id: string;
};

export type IssuedTicket = {
  id: string;
  offerId: string;
  competitionSessionId: string;
  priceCents: number;
  taxCents: number;
};

/**
 * Creates the tickets of a paid order, one for each person and competition session, each with a purchase key of its own
 * under epoch 0. In the transaction that marks the order paid. `lines` has a row for each seat pool of a line's offer;
 * a line's price is split to its tickets to the cent, and each ticket keeps the tax in its price at the rate of now.
 */
export async function issueTickets(
  ctx: Pick<CoreContext, "clock" | "random" | "keyring">,
  trx: Transaction<Database>,
  { order, lines, at }: { order: { id: string; account_id: string }; lines: readonly PaidLine[]; at: Date },
): Promise<IssuedTicket[]> {
  const { taxRateBp } = await readSalesSettings({ db: trx });
  const holderName = await selectHolderName(trx, order.account_id);
  const tickets = pricedTickets(lines).map(({ line, priceCents }) => {
    const id = newId(ctx);
    return {
      id,
      reference: newReference(ctx),
      eventId: newId(ctx),
      orderLineId: line.id,
      offerId: line.offer_id,
      competitionSessionId: line.competition_session_id,
      category: line.category,
      zone: line.zone,
      priceCents,
      taxCents: taxIn(priceCents, taxRateBp),
      sealedPurchaseKey: newPurchaseKey(ctx, { ticketId: id, epoch: 0 }),
    };
  });
  await insertTickets(trx, { orderId: order.id, holderAccountId: order.account_id, holderName, at, tickets });
  return tickets;
}

function pricedTickets(lines: readonly PaidLine[]): { line: PaidLine; priceCents: number }[] {
  const byLine = Map.groupBy(lines, ({ id }) => id);
  return [...byLine.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const persons = entries.flatMap((line) => Array.from({ length: line.persons }, () => line));
    const prices = splitCents(first.unit_price_cents, persons.length);
    const unit = persons.map((line, index) => ({ line, priceCents: prices[index] ?? 0 }));
    return Array.from({ length: first.quantity }, () => unit).flat();
  });
}
