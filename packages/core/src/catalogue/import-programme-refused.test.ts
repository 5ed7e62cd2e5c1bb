import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { programmeRow } from "../testing/programme-rows.ts";
import { testContext } from "../testing/test-context.ts";
import { importProgramme, type ImportProgrammeInput } from "./import-programme.ts";
import { gatherProgramme, type ProgrammeFileRow } from "./programme-file.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await sql`truncate games, venue, competition_session cascade`.execute(database.ownerDb);
});
afterAll(() => database.drop());

function run(rows: ProgrammeFileRow[], other: Partial<ImportProgrammeInput> = {}) {
  const { programme, errors } = gatherProgramme(rows);
  expect(errors).toEqual([]);
  const { ctx } = testContext({ db: database.db });
  const games = { id: "games-2028", nameFr: "Jeux", nameEn: "Games" };
  return importProgramme(ctx, { games, timeZone: "America/Los_Angeles", programme, ...other });
}

const setTaken = (code: string, category: string, taken: number) =>
  database.db
    .updateTable("seat_pool")
    .set({ taken })
    .where("category", "=", category)
    .where("competition_session_id", "=", (eb) =>
      eb.selectFrom("competition_session").select("id").where("code", "=", code),
    )
    .execute();

const places = () =>
  database.db
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "venue_id")
    .select(["competition_session.code", "venue.code as venue", "starts_at", "ends_at"])
    .orderBy("competition_session.code")
    .execute();

const athleticsA = programmeRow({ line: 2, category: "A" });
const athleticsB = programmeRow({ line: 3, category: "B" });
const ceremony = programmeRow({ line: 4, code: "CER01", disciplineCode: "CER", discipline: "Opening Ceremony" });
const elsewhere = { venueCode: "PAR", venue: "Arena Paris", city: "Paris" };
const later = { endsAt: new Date("2028-07-20T20:00:00Z") };
const sooner = { startsAt: new Date("2028-07-20T15:00:00Z") };

test("a competition session with seats taken does not move, unless that is wanted", async () => {
  await run([athleticsA, athleticsB, ceremony]);
  // Taken in a category that this file no longer has: its holders would be just as surprised.
  await setTaken("ATH01", "B", 2);
  await setTaken("CER01", "A", 1);
  const before = await places();
  const moved = [athleticsA, ceremony].map((row) => ({ ...row, ...elsewhere }));
  expect(await run(moved)).toEqual({
    outcome: "refused",
    errors: [
      { line: 2, column: "venue_code", message: "ATH01 has 2 seats taken: moving it needs --move-sold" },
      { line: 4, column: "venue_code", message: "CER01 has 1 seat taken: moving it needs --move-sold" },
    ],
  });
  expect(await places()).toEqual(before);
  expect(await run(moved, { moveSold: true })).toMatchObject({
    outcome: "imported",
    competitionSessions: { changed: 2 },
    moved: [
      { code: "ATH01", taken: 2 },
      { code: "CER01", taken: 1 },
    ],
  });
});

test.each([
  ["starts_at", sooner],
  ["ends_at", later],
])("nor does its %s", async (column, change) => {
  await run([programmeRow()]);
  await setTaken("ATH01", "A", 1);
  expect(await run([programmeRow(change)])).toMatchObject({ outcome: "refused", errors: [{ line: 2, column }] });
  // All else follows the file, and without seats taken everything does.
  expect(await run([programmeRow({ phases: "Final", medal: true })])).toMatchObject({ outcome: "imported", moved: [] });
  await setTaken("ATH01", "A", 0);
  expect(await run([programmeRow(change)])).toMatchObject({ moved: [{ code: "ATH01", taken: 0 }] });
});

test("a capacity that the dashboard leaves to two admins is refused where seats are taken, also in small steps", async () => {
  const wanting = (capacity: number) => run([programmeRow({ capacity })]);
  await wanting(100);
  // Nobody has a seat: the file is followed, and nothing of it counts later.
  expect(await wanting(1000)).toMatchObject({ outcome: "imported" });
  await setTaken("ATH01", "A", 12);
  const message = (to: number, from: number) =>
    `${to} is more than 5 % away from the ${from} seats of category A of ATH01, or from those of a day ago, and seats ` +
    "are taken: change it in the dashboard, where a second admin approves it";
  const refused = (to: number, from: number) => ({
    outcome: "refused",
    errors: [{ line: 2, column: "capacity", message: message(to, from) }],
  });
  expect(await wanting(949)).toEqual(refused(949, 1000));
  expect(await wanting(1051)).toEqual(refused(1051, 1000));
  expect(await wanting(1040)).toMatchObject({ outcome: "imported", seatPools: { changed: 1 } });
  expect(await wanting(1051)).toEqual(refused(1051, 1040));
  expect(await wanting(1050)).toMatchObject({ outcome: "imported" });
});

test("race: a seat that is being taken while its competition session would move is waited for", async () => {
  await run([programmeRow()]);
  const waiting = sql<{ count: number }>`select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  const importing = await database.db.transaction().execute(async (trx) => {
    await trx.updateTable("seat_pool").set({ taken: 1 }).execute();
    // In an object: what a transaction returns is awaited before it commits, and this one waits for the commit.
    const outcome = run([programmeRow(elsewhere)]);
    await vi.waitFor(async () => expect((await waiting.execute(database.db)).rows).toEqual([{ count: 1 }]));
    return { outcome };
  });
  expect(await importing.outcome).toMatchObject({ outcome: "refused", errors: [{ column: "venue_code" }] });
});

test("what is over is refused, unless it is wanted or already there", async () => {
  const over = { startsAt: new Date("2024-07-27T08:00:00Z"), endsAt: new Date("2024-07-27T10:00:00Z") };
  // The clock stands at noon: what ends then is over.
  const ending = { startsAt: new Date("2028-07-14T10:00:00Z"), endsAt: new Date("2028-07-14T12:00:00Z") };
  const file = [
    programmeRow({ code: "ATH02", ...ending }),
    programmeRow({ line: 3, code: "ATH03", ...over }),
    programmeRow({ line: 4 }),
  ];
  expect(await run(file)).toEqual({ outcome: "over", over: 2, total: 3, firstStartsAt: over.startsAt });
  expect(await database.db.selectFrom("games").select("id").execute()).toEqual([]);
  expect(await run(file, { past: true })).toMatchObject({ competitionSessions: { created: 3 } });
  expect(await run(file)).toMatchObject({ competitionSessions: { unchanged: 3 } });
  const moved = [...file.slice(0, 2), programmeRow({ line: 4, ...over })];
  expect(await run(moved)).toMatchObject({ outcome: "over", over: 1 });
});
