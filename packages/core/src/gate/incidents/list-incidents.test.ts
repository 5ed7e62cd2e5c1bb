import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import {
  buy,
  makeDevice,
  openJournal,
  outcomesOf,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { closeIncident } from "./close-incident.ts";
import { listIncidents, readIncident } from "./list-incidents.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let supervisor: Actor;
let code: string;
let sessions = 0;

const start = new Date("2028-07-20T15:30:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start });
  await ensureOrganiserKeys(world.ctx);
  buyer = await registerVisitor(world.ctx);
  supervisor = await registerVisitor(world.ctx, "supervisor");
});
afterAll(() => database.drop());
beforeEach(async () => {
  code = `ATH${String((sessions += 1)).padStart(2, "0")}`;
  world.clock.advance(120_000);
  const startsAt = new Date(world.ctx.clock().getTime() + 1_800_000);
  await stockProgramme(world.ctx, [{ code, capacity: 50, startsAt, endsAt: new Date(startsAt.getTime() + 9_000_000) }]);
});

const all = { competitionSessionId: null, state: null, before: null } as const;

/** One ticket let in by two tablets that could not talk; the second one heard of later. */
async function admittedTwice() {
  const { tickets } = await buy(world.ctx, buyer, { code });
  const device = await makeDevice();
  const [pass] = await device.activate(world.ctx, buyer, [tickets[0]?.id ?? ""]);
  const [first, second] = [
    await openJournal(world.ctx, { code, gate: 0 }),
    await openJournal(world.ctx, { code, gate: 1 }),
  ];
  const entry = first.scanned(await device.show(pass?.pass ?? "", world.ctx.clock()), {
    listNumber: world.ctx.clock().getTime() - 90_000,
  });
  world.clock.advance(60_000);
  const copy = second.scanned(await device.show(pass?.pass ?? "", world.ctx.clock()));
  await first.upload(entry);
  world.clock.advance(60_000);
  await second.upload(copy);
  const { competitionSessionId } = first;
  const { incidents } = await listIncidents(world.ctx, { ...all, competitionSessionId });
  const [incident] = incidents;
  if (incident === undefined) throw new Error("no incident");
  return { incident, incidents, tickets, first, second, entry, copy, competitionSessionId };
}

test("says whose ticket it was, and of each scan the tablet, gate, moments, people and what was known there", async () => {
  const { incident, incidents, tickets, first, second, entry, copy } = await admittedTwice();
  expect(incidents).toHaveLength(1);
  expect(incident).toMatchObject({
    kind: "admitted_twice",
    state: "open",
    done: null,
    ticket: { id: tickets[0]?.id, reference: tickets[0]?.reference, holderName: buyer.displayName },
    competitionSession: { code },
  });
  expect(incident.scans).toMatchObject([
    {
      tablet: first.scanner.name,
      gate: { code: "A" },
      staff: first.person.displayName,
      at: new Date(entry.at),
      outcome: "admit",
      reason: "admitted",
      cutOff: true,
      through: true,
      listMadeAt: new Date(Date.parse(entry.at) - 90_000),
    },
    { gate: { code: "B" }, staff: second.person.displayName, at: new Date(copy.at), receivedAt: world.ctx.clock() },
  ]);
  expect(await readIncident(world.ctx, { incidentId: incident.id })).toEqual(incident);
});

test("is closed once, by whoever is first, with what they did; the journal says who", async () => {
  const { incident, competitionSessionId } = await admittedTwice();
  const incidentId = incident.id;
  const others = await Promise.all(Array.from({ length: 4 }, () => registerVisitor(world.ctx, "supervisor")));
  const note = "Both found, one shown out";
  const tries = [supervisor, ...others].map((actor) => closeIncident(world.ctx, actor, { incidentId, note }));
  expect(await outcomesOf(tries)).toEqual({ ok: 1, conflict: 4 });
  const closed = await readIncident(world.ctx, { incidentId });
  expect(closed).toMatchObject({ state: "done", done: { at: world.ctx.clock(), note } });
  const entries = await database.db
    .selectFrom("audit_entry")
    .innerJoin("account", "account.id", "audit_entry.actor_id")
    .select(["account.display_name", "audit_entry.details"])
    .where("action", "=", "incident.done")
    .where("subject_id", "=", incidentId)
    .execute();
  expect(entries).toEqual([{ display_name: closed.done?.by, details: { kind: "admitted_twice" } }]);
  const open = await listIncidents(world.ctx, { ...all, competitionSessionId, state: "open" });
  expect(open).toEqual({ incidents: [], more: false });
});

test("comes in pages, the newest first, by state and competition session", async () => {
  const { incident: older } = await admittedTwice();
  world.clock.advance(1000);
  const { incident: newer } = await admittedTwice();
  const idsOf = async (filter: Partial<Parameters<typeof listIncidents>[1]>) =>
    (await listIncidents(world.ctx, { ...all, ...filter })).incidents.map(({ id }) => id);
  expect((await idsOf({ state: "open" })).slice(0, 2)).toEqual([newer.id, older.id]);
  expect((await idsOf({ before: newer.id }))[0]).toBe(older.id);
  expect(await idsOf({ state: "explained" })).toEqual([]);
});

test("one that is not there is not found", async () => {
  const incidentId = randomUUID();
  await expect(readIncident(world.ctx, { incidentId })).rejects.toMatchObject({ code: "not_found" });
  await expect(closeIncident(world.ctx, supervisor, { incidentId, note: "Nothing" })).rejects.toMatchObject({
    code: "not_found",
  });
});
