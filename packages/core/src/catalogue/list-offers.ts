import type { adminOffer, offerIdInput, offersInput, offersPage, Facts, Given } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { type AdminOfferRow, countOffers, selectOfferIds, selectOffers } from "./offers.queries.ts";
import { toCategory, toCompetitionSession, toOfferName, toOfferState } from "./rows.ts";

/** An offer as an admin sees it, before it is written to the wire: its moments are Dates. */
export type AdminOfferFacts = Facts<typeof adminOffer>;

/**
 * Offers in every state, in the order of the timetable. `search` looks for each of its words in the code, the discipline,
 * the events and the place of the competition session and in the offer's names. `total` counts all pages.
 */
export async function listOffers(
  ctx: Pick<CoreContext, "db">,
  { page, pageSize, ...filter }: Given<typeof offersInput>,
): Promise<Facts<typeof offersPage>> {
  const [total, ids] = await Promise.all([
    countOffers(ctx.db, filter),
    selectOfferIds(ctx.db, filter, { limit: pageSize, offset: (page - 1) * pageSize }),
  ]);
  const offers = toAdminOffers(ids.length === 0 ? [] : await selectOffers(ctx.db, ids));
  return { total, offers: ids.flatMap((id) => offers.get(id) ?? []) };
}

/** One offer in any state. Throws `not_found`. */
export async function readOffer(
  ctx: Pick<CoreContext, "db">,
  { offerId }: Given<typeof offerIdInput>,
): Promise<AdminOfferFacts> {
  return readAdminOffer(ctx.db, offerId);
}

/** The same inside the transaction that has changed it. */
export async function readAdminOffer(db: Kysely<Database>, offerId: string): Promise<AdminOfferFacts> {
  const offer = toAdminOffers(await selectOffers(db, [offerId])).get(offerId);
  if (offer === undefined) throw new CodedError("not_found");
  return offer;
}

function toAdminOffers(rows: readonly AdminOfferRow[]): Map<string, AdminOfferFacts> {
  const offers = new Map<string, AdminOfferFacts>();
  for (const row of rows) {
    const offer = offers.get(row.offer_id) ?? {
      id: row.offer_id,
      ...toOfferName(row),
      state: toOfferState(row.offer_state),
      priceCents: row.price_cents,
      currency: "EUR",
      salesOpenAt: row.sales_open_at,
      salesCloseAt: row.sales_close_at,
      maxPerOrder: row.max_per_order,
      version: row.version,
      unitsSold: row.units_sold,
      entries: [],
    };
    offer.entries.push({
      competitionSession: toCompetitionSession(row),
      category: toCategory(row.category),
      seatPoolId: row.seat_pool_id,
      capacity: row.capacity,
      taken: row.taken,
    });
    offers.set(row.offer_id, offer);
  }
  return offers;
}
