import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { offerNameColumns } from "./rows.ts";

/** Offers with their terms, a row for each seat pool that they take seats from. */
function offerTerms(db: Kysely<Database>) {
  return db
    .selectFrom("offer")
    .innerJoin("offer_entry", "offer_entry.offer_id", "offer.id")
    .innerJoin("seat_pool", "seat_pool.id", "offer_entry.seat_pool_id")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .select([
      "offer.id",
      ...offerNameColumns,
      "offer.price_cents",
      "offer.state",
      "offer.sales_open_at",
      "offer.sales_close_at",
      "offer.max_per_order",
      "seat_pool.id as seat_pool_id",
      "seat_pool.competition_session_id",
      "seat_pool.category",
      "competition_session.ceremony",
      "competition_session.state as competition_session_state",
      "competition_session.ends_at",
    ])
    .orderBy("offer.persons")
    .orderBy("offer.price_cents")
    .orderBy("offer.id");
}

export type OfferTermsRow = Awaited<ReturnType<typeof selectOfferTerms>>[number];

export async function selectOfferTerms(db: Kysely<Database>, offerIds: readonly string[]) {
  return offerTerms(db).where("offer.id", "in", offerIds).execute();
}

export async function selectPublishedOfferTerms(db: Kysely<Database>): Promise<OfferTermsRow[]> {
  return offerTerms(db).where("offer.state", "=", "published").execute();
}
