import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changeRole } from "../accounts/staff/change-role.ts";
import { disableEmployee } from "../accounts/staff/disable-employee.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { testContext } from "../testing/test-context.ts";
import { outcomesOf } from "../testing/tries.ts";
import { updateCapacity } from "./capacity-changes.queries.ts";
import { createCatalogueCache } from "./catalogue-cache.ts";
import { approveCapacityChange, changeCapacity, rejectCapacityChange } from "./change-capacity.ts";
import { listCapacityChanges } from "./list-capacity-changes.ts";
import { listSeatPools } from "./list-seat-pools.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
let ada: Actor;
let ben: Actor;
let seatPoolId: string;

const day = 24 * 3_600_000;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await sql`truncate games, venue, competition_session cascade`.execute(database.ownerDb);
  context = testContext({ db: database.db });
  await stockProgramme(context.ctx, [{ capacity: 100 }]);
  [ada, ben] = [await registerVisitor(context.ctx, "admin"), await registerVisitor(context.ctx, "admin")];
  seatPoolId = (await readPool()).seatPoolId;
});

async function readPool() {
  const [pool] = await listSeatPools(context.ctx, { search: "ATH01" });
  if (pool === undefined) throw new Error("no pool");
  return pool;
}

const capacityNow = async () => (await readPool()).capacity;
const setTaken = (taken: number) => database.db.updateTable("seat_pool").set({ taken }).execute();
const change = (actor: Actor, from: number, capacity: number) =>
  changeCapacity(context.ctx, actor, { seatPoolId, from, capacity });
const approve = (actor: Actor, changeId: string) => approveCapacityChange(context.ctx, actor, { changeId });
const reject = (actor: Actor, changeId: string) => rejectCapacityChange(context.ctx, actor, { changeId });

async function auditEntries() {
  return database.db
    .selectFrom("audit_entry")
    .select(["action", "actor_id", "subject_id", "details"])
    .where("action", "like", "capacity_change.%")
    .where("subject_id", "=", seatPoolId)
    .orderBy("id")
    .execute();
}

test("a small change is made at once, and every node shows it within a second", async () => {
  const otherNode = createCatalogueCache(context.ctx);
  const levelThere = async () => (await otherNode.read()).levels.get(seatPoolId)?.capacity;
  expect(await levelThere()).toBe(100);
  const changed = await change(ada, 100, 105);
  expect(changed).toMatchObject({
    seatPoolId,
    category: "A",
    fromCapacity: 100,
    toCapacity: 105,
    capacity: 105,
    state: "applied",
    requestedBy: { id: ada.accountId, displayName: "Camille Test" },
    decidedBy: null,
  });
  context.clock.advance(1000);
  expect(await levelThere()).toBe(105);
  expect(await auditEntries()).toEqual([
    {
      action: "capacity_change.applied",
      actor_id: ada.accountId,
      subject_id: seatPoolId,
      details: { changeId: changed.id, from: 100, to: 105 },
    },
  ]);
});

test("a large change waits for another admin, and changes nothing until then", async () => {
  const asked = await change(ada, 100, 200);
  expect(asked).toMatchObject({ state: "awaiting_approval", capacity: 100, decidedAt: null });
  expect(await capacityNow()).toBe(100);
  await expect(approve(ada, asked.id)).rejects.toMatchObject({ code: "second_admin_required" });
  await expect(change(ben, 100, 300)).rejects.toMatchObject({
    code: "conflict",
    details: { reason: "awaiting_approval" },
  });
  context.clock.advance(1000);
  expect(await approve(ben, asked.id)).toMatchObject({
    state: "applied",
    capacity: 200,
    decidedBy: { id: ben.accountId },
    decidedAt: context.ctx.clock(),
  });
  expect((await auditEntries()).map(({ action, actor_id: by }) => [action, by])).toEqual([
    ["capacity_change.requested", ada.accountId],
    ["capacity_change.applied", ben.accountId],
  ]);
  for (const again of [approve(ben, asked.id), reject(ada, asked.id)]) {
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  }
});

test("many small steps by one admin do not make a large one; two who agree begin anew; after a day so does one", async () => {
  await change(ada, 100, 103);
  context.clock.advance(3_600_000);
  await change(ada, 103, 105);
  const third = await change(ada, 105, 107);
  expect(third.state).toBe("awaiting_approval");
  context.clock.advance(3_600_000);
  await approve(ben, third.id);
  context.clock.advance(3_600_000);
  expect((await change(ada, 107, 112)).state).toBe("applied");
  expect((await change(ben, 112, 113)).state).toBe("awaiting_approval");
  context.clock.advance(day);
  await reject(ben, (await listCapacityChanges(context.ctx))[0]?.id ?? "");
  expect((await change(ben, 112, 113)).state).toBe("applied");
});

test("anybody says no, also who asked, and the next one may be asked for", async () => {
  const first = await change(ada, 100, 200);
  expect(await reject(ada, first.id)).toMatchObject({ state: "rejected", capacity: 100 });
  const second = await change(ada, 100, 200);
  expect(await reject(ben, second.id)).toMatchObject({ state: "rejected", decidedBy: { id: ben.accountId } });
  const third = await change(ben, 100, 300);
  const listed = await listCapacityChanges(context.ctx);
  expect(listed.map(({ state }) => state)).toEqual(["awaiting_approval", "rejected", "rejected"]);
  expect(listed[0]).toEqual(third);
});

test("capacity never goes below what is taken, neither at once nor at the approval", async () => {
  await setTaken(97);
  await expect(change(ada, 100, 96)).rejects.toMatchObject({ code: "capacity_below_taken", details: { taken: 97 } });
  await setTaken(50);
  const asked = await change(ada, 100, 60);
  await setTaken(61);
  await expect(approve(ben, asked.id)).rejects.toMatchObject({ code: "capacity_below_taken", details: { taken: 61 } });
  expect(await capacityNow()).toBe(100);
});

test("what somebody else has changed meanwhile is not overwritten", async () => {
  const asked = await change(ada, 100, 200);
  await change(ben, 100, 101);
  await expect(change(ada, 100, 102)).rejects.toMatchObject({ code: "conflict", details: { capacity: 101 } });
  await expect(approve(ben, asked.id)).rejects.toMatchObject({ code: "conflict", details: { capacity: 101 } });
  expect(await capacityNow()).toBe(101);
});

test("both must be admins still, and for two days already", async () => {
  const asked = await change(ada, 100, 200);
  await changeRole(context.ctx, ben, { accountId: ada.accountId, role: "staff" });
  await expect(approve(ben, asked.id)).rejects.toMatchObject({ code: "conflict" });
  await expect(change(ada, 100, 101)).rejects.toMatchObject({ code: "forbidden" });
  await expect(reject(ada, asked.id)).rejects.toMatchObject({ code: "forbidden" });
  await reject(ben, asked.id);

  // One who was made an admin a moment ago could be the same person.
  await changeRole(context.ctx, ben, { accountId: ada.accountId, role: "admin" });
  await expect(change(ada, 100, 200)).rejects.toMatchObject({ code: "second_admin_required" });
  expect((await change(ada, 100, 101)).state).toBe("applied");
  const other = await change(ben, 101, 200);
  await expect(approve(ada, other.id)).rejects.toMatchObject({ code: "second_admin_required" });
  context.clock.advance(2 * day);
  expect(await approve(ada, other.id)).toMatchObject({ capacity: 200 });
});

test("an admin who is disabled meanwhile neither approves nor rejects, nor changes anything", async () => {
  const asked = await change(ada, 100, 200);
  await disableEmployee(context.ctx, ada, { accountId: ben.accountId });
  const forbidden = { code: "forbidden" };
  await expect(approve(ben, asked.id)).rejects.toMatchObject(forbidden);
  await expect(reject(ben, asked.id)).rejects.toMatchObject(forbidden);
  await expect(change(ben, 100, 101)).rejects.toMatchObject(forbidden);
  expect(await capacityNow()).toBe(100);
});

test("no change at all, an unknown pool and an unknown change are refused", async () => {
  await expect(change(ada, 100, 100)).rejects.toMatchObject({ code: "invalid_input" });
  const unknown = { seatPoolId: "0198a3f0-0000-7000-8000-000000000000", from: 1, capacity: 2 };
  await expect(changeCapacity(context.ctx, ada, unknown)).rejects.toMatchObject({ code: "not_found" });
  await expect(approve(ada, unknown.seatPoolId)).rejects.toMatchObject({ code: "not_found" });
});

test("race: eight approve at once, and one of them does; eight ask at once, and one waits", async () => {
  const others = await Promise.all(Array.from({ length: 8 }, () => registerVisitor(context.ctx, "admin")));
  expect(await outcomesOf(others.map((admin) => change(admin, 100, 200)))).toEqual({ ok: 1, conflict: 7 });
  const [asked] = await listCapacityChanges(context.ctx);
  const tries = others.map((admin) => approve(admin, asked?.id ?? ""));
  const outcomes = await outcomesOf(tries);
  expect(outcomes["ok"]).toBe(1);
  expect(await capacityNow()).toBe(200);
  expect((await auditEntries()).filter(({ action }) => action === "capacity_change.applied")).toHaveLength(1);
});

test("race: two admins approve each other's changes of two pools, and neither waits for ever", async () => {
  await stockProgramme(context.ctx, [{ capacity: 100 }, { category: "B", capacity: 100 }]);
  const pools = await listSeatPools(context.ctx, { search: "ATH01" });
  const [first, second] = await Promise.all(
    [ada, ben].map((admin, index) =>
      changeCapacity(context.ctx, admin, { seatPoolId: pools[index]?.seatPoolId ?? "", from: 100, capacity: 200 }),
    ),
  );
  expect(await outcomesOf([approve(ben, first?.id ?? ""), approve(ada, second?.id ?? "")])).toEqual({ ok: 2 });
});

test("race: seats are sold while capacity is lowered to what is taken", async () => {
  await setTaken(90);
  const sell = async () => {
    const { numUpdatedRows } = await database.db
      .updateTable("seat_pool")
      .set((eb) => ({ taken: eb("taken", "+", 1) }))
      .whereRef("taken", "<", "capacity")
      .executeTakeFirst();
    return Number(numUpdatedRows);
  };
  const lower = (capacity: number) =>
    change(ada, 100, capacity).then(
      () => "applied",
      (error: unknown) => error,
    );
  const [sold, ...lowered] = await Promise.all([
    Promise.all(Array.from({ length: 20 }, sell)),
    ...[99, 98, 97, 96, 95].map(lower),
  ]);
  const { capacity, taken } = await readPool();
  expect(taken).toBe(90 + sold.reduce((sum, seats) => sum + seats, 0));
  expect(taken).toBe(capacity);
  // Refused by the look under the lock, which knows a number, and never by the CHECK, which knows none.
  for (const outcome of lowered.filter((one) => one !== "applied")) {
    const details = outcome instanceof CodedError ? outcome.details : {};
    expect(typeof (details["taken"] ?? details["capacity"])).toBe("number");
  }
});

test("the CHECK stands behind the look at what is taken", async () => {
  await setTaken(97);
  const lowering = database.db.transaction().execute((trx) => updateCapacity(trx, { seatPoolId, capacity: 96 }));
  await expect(lowering).rejects.toMatchObject({ code: "capacity_below_taken" });
});
