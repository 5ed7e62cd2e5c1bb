import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import {
  buy,
  makeDevice,
  openJournal,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { countGate } from "./count-gate.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let code: string;
let sessions = 0;

/** The gates are open. */
const start = new Date("2028-07-20T15:30:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start });
  await ensureOrganiserKeys(world.ctx);
  buyer = await registerVisitor(world.ctx);
});
afterAll(() => database.drop());
beforeEach(async () => {
  code = `ATH${String((sessions += 1)).padStart(2, "0")}`;
  world.clock.advance(120_000);
  const startsAt = new Date(world.ctx.clock().getTime() + 1_800_000);
  await stockProgramme(world.ctx, [{ code, capacity: 50, startsAt, endsAt: new Date(startsAt.getTime() + 9_000_000) }]);
});

const tabletAt = (gate = 0) => openJournal(world.ctx, { code, gate });
const count = async (tablet: { competitionSessionId: string }) => countGate(world.ctx, tablet.competitionSessionId);

/** A ticket on its holder's device, and what it shows now. */
async function activated() {
  const { tickets } = await buy(world.ctx, buyer, { code });
  const device = await makeDevice();
  const [pass] = await device.activate(world.ctx, buyer, [tickets[0]?.id ?? ""]);
  return { show: () => device.show(pass?.pass ?? "", world.ctx.clock()) };
}

test("nobody has come yet: every gate and zone is there, and nothing in it", async () => {
  await activated();
  const counts = await count(await tabletAt());
  expect(counts).toMatchObject({ inside: 0, entries: 0, exits: 0, tickets: 1, ticketsIn: 0, tablets: 1 });
  expect(counts.gates.map(({ gate, entries }) => [gate.code, entries])).toContainEqual(["A", 0]);
  expect(counts.zones.length).toBeGreaterThan(0);
  expect(counts.zones.every(({ inside }) => inside === 0)).toBe(true);
});

test("people are counted, not tickets: twice in by one ticket is two inside, and one incident", async () => {
  const [{ show }, first, second] = [await activated(), await tabletAt(0), await tabletAt(1)];
  const shown = await show();
  await first.upload(first.scanned(shown));
  await second.upload(second.scanned(shown));
  const counts = await count(first);
  expect(counts).toMatchObject({ inside: 2, entries: 2, ticketsIn: 1, tickets: 1, withoutTicket: 0 });
  expect(counts.openIncidents).toBeGreaterThanOrEqual(1);
  expect(counts.gates.filter(({ entries }) => entries > 0).map(({ gate, entries }) => [gate.code, entries])).toEqual([
    ["A", 1],
    ["B", 1],
  ]);
  expect(counts.zones.filter(({ entries }) => entries > 0)).toMatchObject([{ inside: 2, entries: 2, exits: 0 }]);
});

test("who goes out is inside no more; who went in without a ticket of ours is, and has no zone", async () => {
  const [{ show }, tablet] = [await activated(), await tabletAt()];
  await tablet.upload(
    tablet.scanned(await show()),
    tablet.scanned(await show(), { direction: "out", reason: "exited" }),
    tablet.scanned("TSR1:NONSENSE"),
  );
  expect(await count(tablet)).toMatchObject({ inside: 1, entries: 2, exits: 1, withoutTicket: 1, ticketsIn: 1 });
  const { zones } = await count(tablet);
  expect(zones.reduce((sum, { inside }) => sum + inside, 0)).toBe(0);
});

test("checks, refusals and entries by hand are what the screen said and people decided", async () => {
  const [{ show }, other, tablet] = [await activated(), await activated(), await tabletAt()];
  const looked = tablet.scanned(await show(), { outcome: "check", reason: "list_too_old", shown: "check" });
  const refused = tablet.scanned(await other.show(), { outcome: "refuse", reason: "too_early", shown: "refuse" });
  await tablet.upload(looked, tablet.decided(looked), refused);
  const counts = await count(tablet);
  expect(counts).toMatchObject({ checks: 1, refusals: 1, inside: 1 });
  expect(counts.gates.find(({ refusals }) => refusals > 0)).toMatchObject({ gate: { code: "A" }, scansLastMinute: 2 });
});

test("a gap in a tablet's numbers is counted until it is filled, and a tablet is in contact for a minute", async () => {
  const [{ show }, tablet] = [await activated(), await tabletAt()];
  const late = tablet.scanned(await show());
  await tablet.upload(tablet.scanned("TSR1:FIRST"), tablet.scanned("TSR1:SECOND"));
  const heard = (at: Date) =>
    database.ownerDb
      .updateTable("scanner")
      .set({ last_contact_at: at })
      .where("id", "=", tablet.scanner.scannerId)
      .execute();
  await heard(world.ctx.clock());
  expect(await count(tablet)).toMatchObject({ missingRecords: 1, tablets: 1, tabletsInContact: 1 });
  await tablet.upload(late);
  world.clock.advance(60_000);
  expect(await count(tablet)).toMatchObject({ missingRecords: 0, tablets: 1, tabletsInContact: 0 });
});

test("of another competition session nothing is counted, and one that is not there is not found", async () => {
  const [{ show }, tablet] = [await activated(), await tabletAt()];
  await tablet.upload(tablet.scanned(await show()));
  code = "SWM01";
  await stockProgramme(world.ctx, [{ code }]);
  expect(await count(await tabletAt())).toMatchObject({ inside: 0, entries: 0, tickets: 0, openIncidents: 0 });
  await expect(countGate(world.ctx, randomUUID())).rejects.toMatchObject({ code: "not_found" });
});
