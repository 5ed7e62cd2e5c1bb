import { offerKind } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type {
  StoredCompetitionSession,
  StoredOffer,
  StoredProgramme,
  StoredSeatPool,
  StoredVenue,
} from "./programme-plan.ts";
import { toCategory } from "./rows.ts";

type Trx = Transaction<Database>;

/** "prog": any number that nothing else locks. */
const importLock = 0x70_72_6f_67;

/** One import at a time; the lock ends with the transaction. */
export async function lockProgrammeImport(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${importLock})`.execute(trx);
}

export async function insertGames(trx: Trx, games: { id: string; nameFr: string; nameEn: string }): Promise<void> {
  await trx.insertInto("games").values({ id: games.id, name_fr: games.nameFr, name_en: games.nameEn }).execute();
}

export async function updateGamesNames(trx: Trx, names: { nameFr: string; nameEn: string }): Promise<void> {
  await trx.updateTable("games").set({ name_fr: names.nameFr, name_en: names.nameEn }).execute();
}

export async function selectStoredProgramme(trx: Trx): Promise<StoredProgramme> {
  const venues = await trx
    .selectFrom("venue")
    .select(["id", "code", "name", "city", "time_zone as timeZone"])
    .execute();
  const competitionSessions = await trx
    .selectFrom("competition_session")
    .select([
      "id",
      "code",
      "discipline_code as disciplineCode",
      "discipline",
      "events",
      "phases",
      "medal",
      "ceremony",
      "venue_id as venueId",
      "starts_at as startsAt",
      "ends_at as endsAt",
    ])
    .orderBy("code")
    .execute();
  const seatPools = await trx
    .selectFrom("seat_pool")
    .select(["id", "competition_session_id as competitionSessionId", "category", "capacity"])
    .orderBy("category")
    .execute();
  const offers = await trx
    .selectFrom("offer")
    .innerJoin("offer_entry", "offer_entry.offer_id", "offer.id")
    .where("offer.imported", "=", true)
    .select([
      "offer.id",
      "offer_entry.seat_pool_id as seatPoolId",
      "offer.kind",
      "offer.persons",
      "offer.price_cents as priceCents",
    ])
    .execute();
  return {
    venues,
    competitionSessions,
    seatPools: seatPools.map((pool) => ({ ...pool, category: toCategory(pool.category) })),
    offers: offers.map((offer) => ({ ...offer, kind: offerKind.parse(offer.kind) })),
  };
}

/** Thousands of rows as one parameter; the columns are named and typed after it: `${records(rows)} as wanted (id uuid)`. */
const records = (rows: readonly object[]): RawBuilder<unknown> => sql`json_to_recordset(${JSON.stringify(rows)}::json)`;

export async function insertVenues(trx: Trx, venues: readonly StoredVenue[]): Promise<void> {
  await sql`
    insert into venue (id, code, name, city, time_zone)
    select id, code, name, city, "timeZone"
    from ${records(venues)} as wanted (id uuid, code text, name text, city text, "timeZone" text)`.execute(trx);
}

/** Gates in the one zone that an imported venue has. */
export async function insertGates(
  trx: Trx,
  gates: readonly { id: string; venueId: string; code: string }[],
): Promise<void> {
  await sql`
    insert into gate (id, venue_id, code, name, zones)
    select id, "venueId", code, code, '{1}'
    from ${records(gates)} as wanted (id uuid, "venueId" uuid, code text)`.execute(trx);
}

export async function updateVenues(trx: Trx, venues: readonly StoredVenue[]): Promise<void> {
  await sql`
    update venue set name = wanted.name, city = wanted.city, time_zone = wanted."timeZone"
    from ${records(venues)} as wanted (id uuid, name text, city text, "timeZone" text)
    where venue.id = wanted.id`.execute(trx);
}

export async function insertCompetitionSessions(
  trx: Trx,
  sessions: readonly StoredCompetitionSession[],
): Promise<void> {
  await sql`
    insert into competition_session
      (id, code, discipline_code, discipline, events, phases, medal, ceremony, venue_id, starts_at, ends_at, state)
    select id, code, "disciplineCode", discipline, events, phases, medal, ceremony, "venueId", "startsAt", "endsAt",
      'scheduled'
    from ${records(sessions)} as wanted (id uuid, code text, ${sessionTypes})`.execute(trx);
}

export async function updateCompetitionSessions(
  trx: Trx,
  sessions: readonly StoredCompetitionSession[],
): Promise<void> {
  await sql`
    update competition_session set
      discipline_code = wanted."disciplineCode", discipline = wanted.discipline, events = wanted.events, phases = wanted.phases,
      medal = wanted.medal, ceremony = wanted.ceremony, venue_id = wanted."venueId",
      starts_at = wanted."startsAt", ends_at = wanted."endsAt"
    from ${records(sessions)} as wanted (id uuid, ${sessionTypes})
    where competition_session.id = wanted.id`.execute(trx);
}

const sessionTypes = sql`
  "disciplineCode" text, discipline text, events text, phases text, medal boolean, ceremony boolean,
  "venueId" uuid, "startsAt" timestamptz, "endsAt" timestamptz`;

export async function insertSeatPools(trx: Trx, pools: readonly StoredSeatPool[]): Promise<void> {
  await sql`
    insert into seat_pool (id, competition_session_id, category, capacity)
    select id, "competitionSessionId", category, capacity
    from ${records(pools)} as wanted (id uuid, "competitionSessionId" uuid, category text, capacity integer)`.execute(
    trx,
  );
}

export async function updateSeatPoolCapacities(trx: Trx, pools: readonly StoredSeatPool[]): Promise<void> {
  await sql`
    update seat_pool set capacity = wanted.capacity
    from ${records(pools)} as wanted (id uuid, capacity integer)
    where seat_pool.id = wanted.id`.execute(trx);
}

/** Standard offers: without a name, since the interface names them by kind, and on sale at once. */
export async function insertImportedOffers(trx: Trx, offers: readonly StoredOffer[], createdAt: Date): Promise<void> {
  await sql`
    insert into offer (id, kind, persons, price_cents, state, imported, created_at)
    select id, kind, persons, "priceCents", 'published', true, ${createdAt}
    from ${records(offers)} as wanted (id uuid, kind text, persons smallint, "priceCents" integer)`.execute(trx);
  await sql`
    insert into offer_entry (offer_id, seat_pool_id)
    select id, "seatPoolId"
    from ${records(offers)} as wanted (id uuid, "seatPoolId" uuid)`.execute(trx);
}

/** Gives the number of offers changed: one that an admin has made their own in the meantime is left alone. */
export async function updateImportedOfferPrices(trx: Trx, offers: readonly StoredOffer[]): Promise<number> {
  const result = await sql`
    update offer set price_cents = wanted."priceCents", version = offer.version + 1
    from ${records(offers)} as wanted (id uuid, "priceCents" integer)
    where offer.id = wanted.id and offer.imported`.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}
