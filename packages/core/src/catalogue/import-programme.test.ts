import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { programmeRow } from "../testing/programme-rows.ts";
import { testContext } from "../testing/test-context.ts";
import { importProgramme, type ImportProgrammeInput } from "./import-programme.ts";
import { gatherProgramme, type ProgrammeFileRow } from "./programme-file.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await sql`truncate games, venue, gate, competition_session, seat_pool, offer, offer_entry cascade`.execute(
    database.ownerDb,
  );
});
afterAll(() => database.drop());

const games = { id: "games-2028", nameFr: "Jeux", nameEn: "Games" };

function run(rows: ProgrammeFileRow[], other: Partial<ImportProgrammeInput> = {}) {
  const { programme, errors } = gatherProgramme(rows);
  expect(errors).toEqual([]);
  const { ctx } = testContext({ db: database.db });
  return importProgramme(ctx, { games, timeZone: "America/Los_Angeles", programme, ...other });
}

const twoSessions = [
  programmeRow({ line: 2, category: "A", priceCents: 120_00, capacity: 100 }),
  programmeRow({ line: 3, category: "B", priceCents: 24_50, capacity: 40 }),
  programmeRow({ line: 4, code: "CER01", disciplineCode: "CER", discipline: "Opening Ceremony", category: "A" }),
];

/** The tables as they are, with each row's version: any write at all, even of the same values, shows. */
async function snapshot(): Promise<unknown> {
  const tables = ["games", "venue", "gate", "competition_session", "seat_pool", "offer", "offer_entry"];
  const rows = await Promise.all(
    tables.map((table) =>
      sql`select ${sql.lit(table)} as name, x.xmin::text, to_jsonb(x) as row
        from ${sql.table(table)} x order by to_jsonb(x)::text`.execute(database.ownerDb),
    ),
  );
  return rows.map((result) => result.rows);
}

async function version(): Promise<number> {
  const row = await database.db.selectFrom("games").select("catalogue_version").executeTakeFirstOrThrow();
  return row.catalogue_version;
}

async function pricesOf(category: string): Promise<Record<string, number>> {
  const offers = await database.db
    .selectFrom("offer")
    .innerJoin("offer_entry", "offer_entry.offer_id", "offer.id")
    .innerJoin("seat_pool", "seat_pool.id", "offer_entry.seat_pool_id")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .where("competition_session.code", "=", "ATH01")
    .where("seat_pool.category", "=", category)
    .select(["offer.kind", "offer.price_cents"])
    .execute();
  return Object.fromEntries(offers.map((offer) => [offer.kind, offer.price_cents]));
}

function setPool(set: { taken: number }, code = "ATH01", category = "A") {
  return database.db
    .updateTable("seat_pool")
    .set(set)
    .where("category", "=", category)
    .where("competition_session_id", "=", (eb) =>
      eb.selectFrom("competition_session").select("id").where("code", "=", code),
    )
    .execute();
}

test("the first import makes the Games, venues with four gates, sessions, pools and three offers for each pool", async () => {
  expect(await run(twoSessions)).toEqual({
    outcome: "imported",
    venues: { created: 1, changed: 0, unchanged: 0 },
    competitionSessions: { created: 2, changed: 0, unchanged: 0 },
    seatPools: { created: 3, changed: 0, unchanged: 0 },
    offers: { created: 9, changed: 0, unchanged: 0 },
    moved: [],
    leftAlone: { competitionSessions: [], seatPools: [] },
  });
  expect(await pricesOf("B")).toEqual({ solo: 24_50, duo: 49_00, family: 98_00 });
  const gates = await database.db.selectFrom("gate").select(["code", "zones"]).orderBy("code").execute();
  expect(gates).toEqual(["A", "B", "C", "D"].map((code) => ({ code, zones: [1] })));
  const sessions = await database.db
    .selectFrom("competition_session")
    .select(["code", "ceremony", "starts_at"])
    .orderBy("code")
    .execute();
  expect(sessions).toEqual([
    { code: "ATH01", ceremony: false, starts_at: new Date("2028-07-20T16:00:00Z") },
    { code: "CER01", ceremony: true, starts_at: new Date("2028-07-20T16:00:00Z") },
  ]);
});

test("the same file again writes nothing at all", async () => {
  await run(twoSessions);
  const before = await snapshot();
  expect(await run(twoSessions)).toMatchObject({
    venues: { created: 0, changed: 0, unchanged: 1 },
    competitionSessions: { created: 0, changed: 0, unchanged: 2 },
    seatPools: { created: 0, changed: 0, unchanged: 3 },
    offers: { created: 0, changed: 0, unchanged: 9 },
  });
  expect(await snapshot()).toEqual(before);
});

test("a changed file changes what changed, keeps every id and raises the catalogue's version once", async () => {
  await run(twoSessions);
  const ids = await database.db.selectFrom("seat_pool").select("id").orderBy("id").execute();
  const before = await version();
  const changed = twoSessions.map((row) => ({
    ...row,
    venue: "Coliseum",
    ...(row.category === "B" && { priceCents: 30_00, capacity: 50 }),
  }));
  expect(await run(changed)).toMatchObject({
    venues: { changed: 1 },
    competitionSessions: { changed: 0, unchanged: 2 },
    seatPools: { changed: 1, unchanged: 2 },
    offers: { created: 0, changed: 3, unchanged: 6 },
  });
  expect(await pricesOf("B")).toEqual({ solo: 30_00, duo: 60_00, family: 120_00 });
  expect(await database.db.selectFrom("seat_pool").select("id").orderBy("id").execute()).toEqual(ids);
  expect(await version()).toBe(before + 1);
  const versions = await database.db.selectFrom("offer").select("version").where("price_cents", "=", 60_00).execute();
  expect(versions).toEqual([{ version: 2 }]);
});

test("what is no longer in the file is left alone and named", async () => {
  await run(twoSessions);
  expect(await run(twoSessions.slice(0, 1))).toMatchObject({
    leftAlone: { competitionSessions: ["CER01"], seatPools: ["ATH01 B"] },
  });
  expect(await database.db.selectFrom("offer").select("id").execute()).toHaveLength(9);
});

test("an offer that an admin has made their own is neither changed nor made again", async () => {
  await run(twoSessions);
  const [mine] = await database.db
    .updateTable("offer")
    .set({ imported: false, price_cents: 1 })
    .where("price_cents", "=", 24_50)
    .returning("id")
    .execute();
  const outcome = await run(twoSessions.map((row) => ({ ...row, priceCents: row.priceCents + 100 })));
  expect(outcome).toMatchObject({ offers: { created: 0, changed: 8, unchanged: 0 } });
  const kept = await database.db
    .selectFrom("offer")
    .select(["price_cents", "version"])
    .where("id", "=", mine?.id ?? "")
    .executeTakeFirst();
  expect(kept).toEqual({ price_cents: 1, version: 1 });
});

test("a capacity below the seats taken is refused with its line, and nothing of the file is taken over", async () => {
  await run(twoSessions);
  await setPool({ taken: 97 });
  await setPool({ taken: 7 }, "CER01");
  const before = await snapshot();
  const smaller = twoSessions.map((row) => ({ ...row, capacity: row.line === 4 ? 6 : 96, priceCents: 1, medal: true }));
  const withNew = [...smaller, programmeRow({ line: 5, code: "ATH09" })];
  expect(await run(withNew)).toEqual({
    outcome: "refused",
    errors: [
      { line: 2, column: "capacity", message: "96 is below the 97 seats already taken in category A of ATH01" },
      { line: 4, column: "capacity", message: "6 is below the 7 seats already taken in category A of CER01" },
    ],
  });
  expect(await snapshot()).toEqual(before);
  expect(await run([programmeRow({ capacity: 97 })])).toMatchObject({ seatPools: { changed: 1 } });
});

test("a failure half way leaves nothing behind", async () => {
  // No file gets this far: its fault is found when venues and sessions are already written.
  const broken = programmeRow({ line: 5, category: "C", capacity: -1 });
  await expect(run([...twoSessions, broken])).rejects.toThrow("seat_pool_capacity_check");
  expect(await database.db.selectFrom("venue").select("id").execute()).toEqual([]);
  expect(await database.db.selectFrom("games").select("id").execute()).toEqual([]);
});

test("a dry run says what would be done and does not do it", async () => {
  expect(await run(twoSessions, { dryRun: true })).toMatchObject({ seatPools: { created: 3 }, offers: { created: 9 } });
  expect(await database.db.selectFrom("games").select("id").execute()).toEqual([]);
});

test("a database of other Games is refused", async () => {
  await run(twoSessions);
  const other = await run(twoSessions, { games: { ...games, id: "games-2032" } });
  expect(other).toEqual({ outcome: "other_games", gamesId: "games-2028" });
});

test("names of the Games stay when none are given, and change when others are", async () => {
  await run(twoSessions);
  await run(twoSessions, { games: { id: games.id, nameFr: null, nameEn: null } });
  expect(await version()).toBe(2);
  await run(twoSessions, { games: { ...games, nameEn: "The Games" } });
  const row = await database.db.selectFrom("games").select(["name_fr", "name_en", "catalogue_version"]).execute();
  expect(row).toEqual([{ name_fr: "Jeux", name_en: "The Games", catalogue_version: 3 }]);
});

test("two imports at once make everything once", async () => {
  const outcomes = await Promise.all([run(twoSessions), run(twoSessions)]);
  const created = outcomes.map((outcome) => (outcome.outcome === "imported" ? outcome.seatPools.created : -1));
  expect(created.toSorted((one, other) => one - other)).toEqual([0, 3]);
});

test("race: capacities lowered while seats are being taken never leave more taken than there are", async () => {
  const plenty = 1_000_000;
  // So full that every change is one that needs no second admin.
  const early = 960_000;
  await run([programmeRow({ capacity: plenty })]);
  await setPool({ taken: early });
  const readPool = () => database.db.selectFrom("seat_pool").select(["capacity", "taken"]).executeTakeFirstOrThrow();
  const closing = new AbortController();
  const sellers = Array.from({ length: 8 }, async () => {
    let sold = 0;
    while (!closing.signal.aborted) {
      const result = await database.db
        .updateTable("seat_pool")
        .set((eb) => ({ taken: eb("taken", "+", 1) }))
        .whereRef("taken", "<", "capacity")
        .executeTakeFirst();
      sold += Number(result.numUpdatedRows);
    }
    return sold;
  });
  // Lower to just above what is taken: twice the margin after a refusal, half of it after a success, so that seats keep
  // being sold between the import's check and its write. Without the lock the CHECK constraint would make this throw.
  const outcomes = new Set<string>();
  let margin = 8;
  try {
    for (let round = 0; round < 40; round += 1) {
      const { taken } = await readPool();
      const { outcome } = await run([programmeRow({ capacity: taken + margin })]);
      outcomes.add(outcome);
      margin = Math.ceil(outcome === "refused" ? margin * 2 : margin / 2);
      const pool = await readPool();
      expect(pool.taken).toBeLessThanOrEqual(pool.capacity);
      await run([programmeRow({ capacity: plenty })]);
    }
  } finally {
    closing.abort();
  }
  const sold = (await Promise.all(sellers)).reduce((sum, seats) => sum + seats, early);
  expect(outcomes).toEqual(new Set(["refused", "imported"]));
  expect((await readPool()).taken).toBe(sold);
});
