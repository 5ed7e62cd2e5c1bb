import type { OfferKind, OfferState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { figures } from "../sales/sales-figures.queries.ts";
import { competitionSessionColumns, offerNameColumns } from "./rows.ts";
import { competitionSessionMatches, offerMatches } from "./search.queries.ts";

export type OfferFilter = { search: string; state?: OfferState | undefined; disciplineCode?: string | undefined };

/** Offers with a row for each seat pool that they take seats from. */
function offersWithEntries(db: Kysely<Database>) {
  return db
    .selectFrom("offer")
    .innerJoin("offer_entry", "offer_entry.offer_id", "offer.id")
    .innerJoin("seat_pool", "seat_pool.id", "offer_entry.seat_pool_id")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id");
}

function matchingOffers(db: Kysely<Database>, { search, state, disciplineCode }: OfferFilter) {
  return offersWithEntries(db)
    .where(offerMatches(search))
    .$if(state !== undefined, (query) => query.where("offer.state", "=", state ?? ""))
    .$if(disciplineCode !== undefined, (query) =>
      query.where("competition_session.discipline_code", "=", disciplineCode ?? ""),
    );
}

export async function countOffers(db: Kysely<Database>, filter: OfferFilter): Promise<number> {
  const { count } = await matchingOffers(db, filter)
    .select(sql<number>`count(distinct offer.id)::integer`.as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** In the order of the timetable, then as the shop shows them. */
export async function selectOfferIds(
  db: Kysely<Database>,
  filter: OfferFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<string[]> {
  const rows = await matchingOffers(db, filter)
    .select("offer.id")
    .groupBy("offer.id")
    .orderBy((eb) => eb.fn.min("competition_session.starts_at"))
    .orderBy((eb) => eb.fn.min("competition_session.code"))
    .orderBy((eb) => eb.fn.min("seat_pool.category"))
    .orderBy("offer.persons")
    .orderBy("offer.id")
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(({ id }) => id);
}

export type AdminOfferRow = Awaited<ReturnType<typeof selectOffers>>[number];

/** What an admin sees of offers: a row for each of their seat pools, in the order of time. */
export async function selectOffers(db: Kysely<Database>, offerIds: readonly string[]) {
  return offersWithEntries(db)
    .where("offer.id", "in", offerIds)
    .select([
      "offer.id as offer_id",
      ...offerNameColumns,
      "offer.state as offer_state",
      "offer.price_cents",
      "offer.sales_open_at",
      "offer.sales_close_at",
      "offer.max_per_order",
      "offer.version",
      "seat_pool.id as seat_pool_id",
      "seat_pool.category",
      "seat_pool.capacity",
      "seat_pool.taken",
      ...competitionSessionColumns,
    ])
    .select((eb) =>
      eb
        .selectFrom(figures(db).as("figures"))
        .whereRef("figures.offer_id", "=", "offer.id")
        // A unit of which some tickets were given back is sold still; several such count as the whole ones that they make.
        .select(
          sql<number>`
            ceil(coalesce(sum(figures.tickets), 0) / (
              offer.persons * (select count(*) from offer_entry where offer_entry.offer_id = offer.id)))::integer`.as(
            "units",
          ),
        )
        .$asScalar()
        .$notNull()
        .as("units_sold"),
    )
    .orderBy("competition_session.starts_at")
    .orderBy("seat_pool.id")
    .execute();
}

/** How many seat pools an offer takes seats from: several for a package. */
export async function countOfferEntries(db: Kysely<Database>, offerId: string): Promise<number> {
  const { count } = await db
    .selectFrom("offer_entry")
    .select(sql<number>`count(*)::integer`.as("count"))
    .where("offer_id", "=", offerId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Locks an offer until the transaction ends; gives its state, and the terms that an admin decides. */
export async function lockOffer(trx: Transaction<Database>, offerId: string) {
  return trx
    .selectFrom("offer")
    .select(["state", "version"])
    .select([
      "price_cents as priceCents",
      "max_per_order as maxPerOrder",
      "sales_open_at as salesOpenAt",
      "sales_close_at as salesCloseAt",
      "name_fr as nameFr",
      "name_en as nameEn",
    ])
    .where("id", "=", offerId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export type OfferTermsChange = {
  name: { fr: string; en: string } | null;
  priceCents: number;
  /** ISO 8601 with its offset, as a client sends it. */
  salesOpenAt: string | null;
  salesCloseAt: string | null;
  maxPerOrder: number;
};

const termsColumns = (terms: OfferTermsChange) => ({
  name_fr: terms.name?.fr ?? null,
  name_en: terms.name?.en ?? null,
  price_cents: terms.priceCents,
  sales_open_at: terms.salesOpenAt,
  sales_close_at: terms.salesCloseAt,
  max_per_order: terms.maxPerOrder,
});

export async function insertOffer(
  trx: Transaction<Database>,
  offer: OfferTermsChange & {
    id: string;
    kind: OfferKind;
    persons: number;
    seatPoolIds: readonly string[];
    createdAt: Date;
  },
): Promise<void> {
  await trx
    .insertInto("offer")
    .values({
      id: offer.id,
      kind: offer.kind,
      persons: offer.persons,
      state: "draft",
      created_at: offer.createdAt,
      ...termsColumns(offer),
    })
    .execute();
  await trx
    .insertInto("offer_entry")
    .values(offer.seatPoolIds.map((seatPoolId) => ({ offer_id: offer.id, seat_pool_id: seatPoolId })))
    .execute();
}

/** What an admin has changed is the admin's: the next import of the programme leaves it alone. */
export async function updateOfferTerms(
  trx: Transaction<Database>,
  offerId: string,
  terms: OfferTermsChange,
): Promise<void> {
  await trx
    .updateTable("offer")
    .set((eb) => ({ ...termsColumns(terms), imported: false, version: eb("version", "+", 1) }))
    .where("id", "=", offerId)
    .execute();
}

export async function updateOfferState(trx: Transaction<Database>, offerId: string, state: OfferState): Promise<void> {
  await trx
    .updateTable("offer")
    .set((eb) => ({ state, version: eb("version", "+", 1) }))
    .where("id", "=", offerId)
    .execute();
}

/** How many of the pools there are, and in how many competition sessions. */
export async function countCompetitionSessions(
  db: Kysely<Database>,
  seatPoolIds: readonly string[],
): Promise<{ pools: number; competitionSessions: number }> {
  return db
    .selectFrom("seat_pool")
    .select([
      sql<number>`count(*)::integer`.as("pools"),
      sql<number>`count(distinct competition_session_id)::integer`.as("competitionSessions"),
    ])
    .where("id", "in", seatPoolIds)
    .executeTakeFirstOrThrow();
}

/** The pools that an offer can be made in, in the order of the timetable. */
export async function selectSeatPools(db: Kysely<Database>, search: string, limit: number) {
  return db
    .selectFrom("seat_pool")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .where(competitionSessionMatches(search))
    .select([
      "seat_pool.id as seat_pool_id",
      "seat_pool.category",
      "seat_pool.capacity",
      "seat_pool.taken",
      ...competitionSessionColumns,
    ])
    .orderBy("competition_session.starts_at")
    .orderBy("competition_session.code")
    .orderBy("seat_pool.category")
    .limit(limit)
    .execute();
}
