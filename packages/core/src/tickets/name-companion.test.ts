import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import {
  buy,
  fetchList,
  goToGate,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../testing/index.ts";
import { blockTicket } from "./block-ticket.ts";
import { listTickets } from "./list-tickets.ts";
import { nameCompanion } from "./name-companion.ts";

const start = new Date("2028-07-18T12:00:00Z");
/** The competition session begins at 16:00 on the 20th, the gates open at 14:30. */
const closes = new Date("2028-07-20T11:30:00Z");
let database: TestDatabase;
let world: TestContext;
let holder: Actor;
let staff: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start, policy: { gatesAlwaysOpen: true } });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
  staff = await registerVisitor(world.ctx, "staff");
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.set(start);
  holder = await registerVisitor(world.ctx);
});

const name = (ticketId: string, companion: string | null) =>
  nameCompanion(world.ctx, holder, { ticketId, name: companion });
const namesSeen = async () => (await listTickets(world.ctx, holder, {})).map(({ holderName }) => holderName);
const historyOf = async (ticketId: string) => {
  const [events, entries] = await Promise.all([
    database.ownerDb.selectFrom("ticket_event").select("kind").where("ticket_id", "=", ticketId).execute(),
    database.ownerDb
      .selectFrom("audit_entry")
      .select(["action", "actor_id", "details"])
      .where("subject_id", "=", ticketId)
      .execute(),
  ]);
  return { named: events.filter(({ kind }) => kind === "named").length, entries };
};

test("a family's tickets bear the names of those who go, and its own name again", async () => {
  const [first = "", second = ""] = (await buy(world.ctx, holder, { kind: "family" })).tickets.map(({ id }) => id);
  await name(first, "Noor");
  await name(second, "Sam");
  const own = holder.displayName;
  expect((await namesSeen()).toSorted()).toEqual(["Noor", "Sam", own, own].toSorted());
  await name(first, null);
  expect((await namesSeen()).toSorted()).toEqual(["Sam", own, own, own].toSorted());
});

test("the list and the gate show the name, and the code stays good", async () => {
  const { ticketId, competitionSessionId, scan } = await goToGate(world.ctx, { buyer: holder });
  await name(ticketId, "Noor Companion");
  const list = await fetchList(world.ctx, { competitionSessionId });
  expect(list.find(ticketId)?.holderName).toBe("Noor Companion");
  expect(await scan()).toMatchObject({ outcome: "admit", ticket: { holderName: "Noor Companion" } });
});

test("it is written down that there was a name, and not which; the same name again changes nothing", async () => {
  const [ticketId = ""] = (await buy(world.ctx, holder)).tickets.map(({ id }) => id);
  await name(ticketId, "Noor");
  await name(ticketId, "Noor");
  const entry = { action: "ticket.named", actor_id: holder.accountId, details: { companion: true } };
  expect(await historyOf(ticketId)).toEqual({ named: 1, entries: [entry] });
  await name(ticketId, null);
  await name(ticketId, null);
  const { named, entries } = await historyOf(ticketId);
  expect(named).toBe(2);
  expect(entries).toContainEqual({ ...entry, details: { companion: false } });
  expect(entries).toHaveLength(2);
});

test("not for a ticket that is blocked, used, or somebody else's, and not shortly before the gates open", async () => {
  const [blocked = "", other = ""] = (await buy(world.ctx, holder, { kind: "duo" })).tickets.map(({ id }) => id);
  await blockTicket(world.ctx, staff, { ticketId: blocked, note: "Reported as stolen" });
  await expect(name(blocked, "Noor")).rejects.toMatchObject({ code: "ticket_blocked" });
  const stranger = await registerVisitor(world.ctx);
  await expect(nameCompanion(world.ctx, stranger, { ticketId: other, name: "Eve" })).rejects.toMatchObject({
    code: "not_found",
  });
  const { ticketId: used, scan } = await goToGate(world.ctx, { buyer: holder });
  await scan();
  await expect(name(used, "Noor")).rejects.toMatchObject({ code: "conflict", details: { state: "admitted" } });
  world.clock.set(closes);
  await expect(name(other, "Noor")).rejects.toMatchObject({ code: "hand_over_closed" });
  world.clock.set(new Date(closes.getTime() - 1));
  await name(other, "Noor");
});

test("nobody else is written on tickets of an account whose second factors were just replaced", async () => {
  const [ticketId = ""] = (await buy(world.ctx, holder, {})).tickets.map(({ id }) => id);
  await name(ticketId, "Noor");
  const until = new Date(start.getTime() + 3_600_000);
  const account = database.ownerDb.updateTable("account").where("id", "=", holder.accountId);
  await account.set({ hand_over_frozen_until: until }).execute();
  await expect(name(ticketId, "Sam")).rejects.toMatchObject({
    code: "hand_over_frozen",
    details: { until: until.toISOString() },
  });
  await name(ticketId, null);
  expect(await namesSeen()).toEqual([holder.displayName]);
  world.clock.set(until);
  await name(ticketId, "Sam");
});
