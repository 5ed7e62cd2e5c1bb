import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { anonymise } from "../accounts/personal-data/account-deletion.queries.ts";
import { selectTicketData } from "../accounts/personal-data/purchase-data.queries.ts";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { proveSales } from "../sales/prove-sales.ts";
import { readAdminOrder } from "../sales/read-admin-order.ts";
import { refundTickets } from "../sales/refund-tickets.ts";
import {
  fetchList,
  goToGate,
  makeDevice,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../testing/index.ts";
import { blockTicket, unblockTicket } from "../tickets/block-ticket.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let admin: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: new Date("2028-07-20T15:30:00Z") });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
  admin = await registerVisitor(world.ctx, "admin");
});
afterAll(() => database.drop());
beforeEach(async () => {
  buyer = await registerVisitor(world.ctx);
});

const note = "Sold twice on a market of its own";

/** A ticket on its holder's device, and what may happen to it. */
async function atTheGate() {
  const scene = await goToGate(world.ctx, { buyer });
  const { orderId, ticketId } = scene;
  return {
    ...scene,
    block: () => blockTicket(world.ctx, admin, { ticketId, note }),
    unblock: () => unblockTicket(world.ctx, admin, { ticketId }),
    seenByAdmin: async () => readAdminOrder(world.ctx, { orderId }),
  };
}

test("a blocked ticket is refused at the gate and listed as such, until the block is lifted", async () => {
  const { ticketId, competitionSessionId, scan, block, unblock, seenByHolder, seenByAdmin } = await atTheGate();
  world.clock.advance(1000);
  await block();
  expect(await scan()).toMatchObject({ outcome: "refuse", reason: "blocked" });
  world.clock.advance(3000);
  const { find } = await fetchList(world.ctx, { competitionSessionId });
  expect(find(ticketId)?.entry.state).toBe("blocked");
  expect(await seenByHolder()).toMatchObject({ state: "issued", blocked: true });
  expect((await seenByAdmin()).tickets[0]?.blocked).toMatchObject({ note });

  await unblock();
  expect(await seenByHolder()).toMatchObject({ blocked: false });
  expect(await scan()).toMatchObject({ outcome: "admit" });
  const changes = (await seenByAdmin()).history.filter(({ of }) => of === "ticket").map(({ state }) => state);
  expect(changes).toEqual(["issued", "activated", "blocked", "unblocked", "admitted"]);
});

test("moves to no device, and can be paid back", async () => {
  const { ticketId, orderId, block, activateAgain, seenByHolder } = await atTheGate();
  await block();
  await expect(activateAgain()).rejects.toMatchObject({ code: "ticket_blocked" });
  const other = await makeDevice();
  await expect(other.activate(world.ctx, buyer, [ticketId])).rejects.toMatchObject({ code: "ticket_blocked" });
  await refundTickets(world.ctx, admin, {
    orderId,
    ticketIds: [ticketId],
    note: "Found",
    idempotencyKey: randomUUID(),
  });
  expect(await seenByHolder()).toMatchObject({ state: "cancelled" });
});

test("blocking twice, also at once, is once, and keeps the first reason; so is lifting", async () => {
  const { ticketId, block, unblock, seenByAdmin } = await atTheGate();
  await block();
  await Promise.all(
    Array.from({ length: 10 }, () => blockTicket(world.ctx, admin, { ticketId, note: "another reason" })),
  );
  expect((await seenByAdmin()).tickets[0]?.blocked).toMatchObject({ note });
  await Promise.all(Array.from({ length: 10 }, unblock));
  const written = await database.ownerDb
    .selectFrom("audit_entry")
    .select(["action", "actor_id"])
    .where("subject_id", "=", ticketId)
    .orderBy("action")
    .execute();
  expect(written).toEqual([
    { action: "ticket.blocked", actor_id: admin.accountId },
    { action: "ticket.unblocked", actor_id: admin.accountId },
  ]);
});

test("what was used or cancelled, or is not there, cannot be blocked", async () => {
  const { scan, block } = await atTheGate();
  await scan();
  await expect(block()).rejects.toMatchObject({ code: "conflict", details: { state: "admitted" } });
  const nobody = { ticketId: randomUUID(), note };
  await expect(blockTicket(world.ctx, admin, nobody)).rejects.toMatchObject({ code: "not_found" });
});

test("the books agree with tickets that are blocked, and that were", async () => {
  const [kept, lifted] = [await atTheGate(), await atTheGate()];
  for (const { block } of [kept, lifted]) {
    world.clock.advance(1000);
    await block();
  }
  world.clock.advance(1000);
  await lifted.unblock();
  const { rules } = await proveSales(world.ctx);
  expect(rules.filter(({ total }) => total > 0)).toEqual([]);
});

test("the reason is for whoever asks for their data, and goes with the account", async () => {
  const { ticketId, block } = await atTheGate();
  await block();
  const read = async () => (await selectTicketData(database.db, buyer.accountId)).find(({ id }) => id === ticketId);
  expect(await read()).toMatchObject({ blockNote: note });
  const person = { accountId: buyer.accountId, email: "nobody@test.example", deletedAt: world.ctx.clock() };
  await database.db.transaction().execute((trx) => anonymise(trx, person));
  expect(await read()).toMatchObject({ blockNote: "—" });
});

test("scanned and blocked at once: somebody is inside, or the ticket is blocked, never both", async () => {
  for (let round = 0; round < 12; round += 1) {
    const { scan, block, seenByHolder } = await atTheGate();
    const acts = [scan, block];
    const [one, other] = await Promise.allSettled((round % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
    const [verdict, blocked] = round % 2 === 0 ? [one, other] : [other, one];
    const isInside = verdict?.status === "fulfilled" && "outcome" in verdict.value && verdict.value.outcome === "admit";
    expect(blocked?.status).toBe(isInside ? "rejected" : "fulfilled");
    expect(await seenByHolder()).toMatchObject(
      isInside ? { state: "admitted", blocked: false } : { state: "issued", blocked: true },
    );
    buyer = await registerVisitor(world.ctx);
  }
});
