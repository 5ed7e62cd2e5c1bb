import type { Facts, Given, ordersPage, ordersSearch } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { toOrderState } from "./order.ts";
import { countOrders, type OrderFilter, selectFoundOrders } from "./search-orders.queries.ts";

/**
 * Orders, newest first. `search` is the reference of an order or of one of its tickets (in either case, with the signs
 * that people mistake for others), the beginning of an e-mail address, or beginnings of words of a name in any order: the
 * buyer's, or that of somebody whom a ticket of the order was handed over to. `total` counts 10,000 at most.
 */
export async function searchOrders(
  ctx: Pick<CoreContext, "db">,
  { search, state, page, pageSize }: Given<typeof ordersSearch>,
): Promise<Facts<typeof ordersPage>> {
  const filter: OrderFilter = {
    reference: toReference(search),
    emailPrefix: search.toLowerCase(),
    nameWords: search.match(/[\p{L}\p{N}]+/gu) ?? [],
    state,
  };
  const [total, found] = await Promise.all([
    countOrders(ctx.db, filter),
    selectFoundOrders(ctx.db, filter, { limit: pageSize, offset: (page - 1) * pageSize }),
  ]);
  return {
    total,
    orders: found.map((row) => ({
      id: row.id,
      reference: row.reference,
      state: toOrderState(row.state),
      currency: "EUR",
      totalCents: row.total_cents,
      buyer:
        row.display_name === null || row.email === null ? null : { displayName: row.display_name, email: row.email },
      tickets: row.tickets,
      createdAt: row.created_at,
      paidAt: row.paid_at,
    })),
  };
}

/** As Crockford's base32 reads it: in either case, O as 0, I and L as 1, without what groups the signs. */
function toReference(text: string): string | null {
  const signs = text.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(signs) ? signs : null;
}
