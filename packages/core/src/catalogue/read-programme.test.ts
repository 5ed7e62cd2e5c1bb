import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { registerVisitor, reserveOne, stockProgramme, testContext, type TestContext } from "../testing/index.ts";
import { raiseCatalogueVersion } from "./catalogue.queries.ts";
import { readCompetitionSession, readProgramme } from "./read-programme.ts";

let database: TestDatabase;
let world: TestContext;

beforeEach(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
});
afterEach(() => database.drop());

const second = 1000;

/** How many times somebody asks the database for something, as its own statistics will not say at once. */
function counted(): { world: TestContext; queries: () => number } {
  let queries = 0;
  const db = database.db.withPlugin({
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return { world: testContext({ db }), queries: () => queries };
}

describe("the programme", () => {
  test("is empty before the first import", async () => {
    expect(await readProgramme(world.ctx)).toMatchObject({ gamesName: null, competitionSessions: [] });
  });

  test("comes in the order of time, with the lowest price a person and what is left", async () => {
    await stockProgramme(world.ctx, [
      { code: "ATH02", startsAt: new Date("2028-07-21T16:00:00Z"), endsAt: new Date("2028-07-21T18:00:00Z") },
      { code: "ATH01", category: "A", priceCents: 120_00, capacity: 10 },
      { code: "ATH01", category: "B", priceCents: 35_50, capacity: 400 },
    ]);
    const { competitionSessions, gamesName } = await readProgramme(world.ctx);
    expect(gamesName).toEqual({ fr: "Jeux d’essai", en: "Test Games" });
    expect(competitionSessions.map(({ code, fromCents, availability }) => [code, fromCents, availability])).toEqual([
      ["ATH01", 35_50, "available"],
      ["ATH02", 120_00, "available"],
    ]);
  });

  test("says in coarse steps what is left, a second later at the latest", async () => {
    await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 3 }]);
    const stepsNow = async () => {
      const { categories } = await readCompetitionSession(world.ctx, { code: "ATH01" });
      return categories.flatMap(({ offers }) => offers.map(({ kind, availability }) => `${kind} ${availability}`));
    };
    expect(await stepsNow()).toEqual(["solo few", "duo few", "family sold_out"]);
    const buyer = await registerVisitor(world.ctx);
    await reserveOne(world.ctx, buyer, { quantity: 2 });
    world.clock.advance(second);
    expect(await stepsNow()).toEqual(["solo few", "duo sold_out", "family sold_out"]);
    await reserveOne(world.ctx, buyer);
    world.clock.advance(second);
    expect((await readProgramme(world.ctx)).competitionSessions[0]?.availability).toBe("sold_out");
  });

  test("follows a change on another node within a second", async () => {
    await stockProgramme(world.ctx, [{ code: "ATH01" }]);
    await readProgramme(world.ctx);
    await database.db.transaction().execute(async (trx) => {
      await trx.updateTable("offer").set({ state: "withdrawn" }).where("kind", "=", "solo").execute();
      await raiseCatalogueVersion(trx);
    });
    world.clock.advance(second);
    const { categories } = await readCompetitionSession(world.ctx, { code: "ATH01" });
    expect(categories.flatMap(({ offers }) => offers.map(({ kind }) => kind))).toEqual(["duo", "family"]);
  });

  test("is read once for a thousand who ask at once, and not at all for those who ask right after", async () => {
    await stockProgramme(world.ctx, [{ code: "ATH01" }]);
    const { world: watched, queries } = counted();
    await Promise.all(Array.from({ length: 1000 }, () => readProgramme(watched.ctx)));
    const first = queries();
    expect(first).toBeLessThan(10);
    await readProgramme(watched.ctx);
    expect(queries()).toBe(first);
    // Nothing has changed but the moment: the version and the levels are enough.
    watched.clock.advance(second);
    await readProgramme(watched.ctx);
    expect(queries()).toBe(first + 2);
  });

  test("says the limits of an account as they are now, though they change without the catalogue", async () => {
    await stockProgramme(world.ctx, [{ code: "ATH01" }]);
    const before = await readCompetitionSession(world.ctx, { code: "ATH01" });
    await database.db.updateTable("games").set({ limit_competition_session: 3 }).execute();
    world.clock.advance(second);
    const { limits } = await readCompetitionSession(world.ctx, { code: "ATH01" });
    expect(limits).toEqual({ ...before.limits, competitionSession: 3 });
  });

  test("shows nothing for sale when the competition session is over", async () => {
    await stockProgramme(world.ctx, [{ code: "ATH01" }]);
    await readProgramme(world.ctx);
    world.clock.set(new Date("2028-07-20T19:30:00Z"));
    expect((await readProgramme(world.ctx)).competitionSessions[0]).toMatchObject({
      fromCents: null,
      availability: "sold_out",
    });
  });
});

test("a competition session that is not there is not found", async () => {
  await expect(readCompetitionSession(world.ctx, { code: "XXX99" })).rejects.toMatchObject({ code: "not_found" });
});
