import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createCoreContext } from "../create-core-context.ts";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import { countedQueries } from "../testing/counted-queries.ts";
import { gatesOf, openJournal, stockProgramme, testContext, type TestContext } from "../testing/index.ts";
import { readGateCounts, watchGate } from "./watch-gate.ts";

let database: TestDatabase;
let world: TestContext;
let competitionSessionId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: new Date("2028-07-20T15:30:00Z") });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01" }]);
  ({ competitionSessionId } = await gatesOf(world.ctx, "ATH01"));
});
afterAll(() => database.drop());

/** Somebody who looks on, until the test is over. */
function look(ctx = world.ctx) {
  const leaving = new AbortController();
  const events = watchGate(ctx, competitionSessionId, leaving.signal);
  const next = async () => {
    const { value } = await events.next();
    if (value === undefined) throw new Error("nothing more");
    return value;
  };
  return { events, next, leave: () => leaving.abort() };
}

test("who looks is told at once, and then only what has changed", async () => {
  const tablet = await openJournal(world.ctx);
  const counted = countedQueries(world.ctx);
  const { next, leave } = look(createCoreContext(counted.ctx));
  const { counts: before } = await next();
  const once = counted.kinds.length;
  const second = next();
  // It is looked at again, and nothing has changed.
  await vi.waitFor(() => expect(counted.kinds).toHaveLength(2 * once), { timeout: 5_000, interval: 10 });
  await tablet.upload(tablet.scanned("TSR1:NOTHING OF OURS"));
  const { counts, incidents } = await second;
  expect(counts).toMatchObject({ entries: before.entries + 1, withoutTicket: before.withoutTicket + 1 });
  expect(incidents.map(({ kind }) => kind)).toContain("unknown_admitted");
  leave();
});

test("it ends at once for who leaves, also while nothing happens", async () => {
  const { events, next, leave } = look();
  await next();
  const ending = events.next();
  leave();
  expect(await ending).toEqual({ done: true, value: undefined });
});

test("however many look, the gate is read once", async () => {
  const counted = countedQueries(world.ctx);
  const ctx = createCoreContext(counted.ctx);
  await look(ctx).next();
  const once = counted.kinds.length;
  expect(once).toBeGreaterThan(0);
  const others = Array.from({ length: 30 }, () => look(ctx));
  await Promise.all(others.map(({ next }) => next()));
  await readGateCounts(ctx, { competitionSessionId });
  expect(counted.kinds).toHaveLength(once);
});

test("a competition session that is not there is not found, and nobody waits for it", async () => {
  const events = watchGate(world.ctx, randomUUID(), new AbortController().signal);
  await expect(events.next()).rejects.toMatchObject({ code: "not_found" });
});
