import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { refundTickets } from "../sales/refund-tickets.ts";
import {
  goToGate,
  registerVisitor,
  seatsTaken,
  stockProgramme,
  testContext,
  type TestContext,
} from "../testing/index.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let admin: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: new Date("2028-07-20T15:30:00Z") });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
  buyer = await registerVisitor(world.ctx);
  admin = await registerVisitor(world.ctx, "admin");
});
afterAll(() => database.drop());

/** A ticket on its holder's device, with the two things that may happen to it. */
async function atTheGate() {
  const { orderId, ticketId, scan, seenByHolder } = await goToGate(world.ctx, { buyer });
  const refund = { orderId, ticketIds: [ticketId], note: "ill" };
  return {
    scan,
    refund: () => refundTickets(world.ctx, admin, { ...refund, idempotencyKey: randomUUID() }),
    state: async () => (await seenByHolder())?.state,
  };
}

test("the code of a ticket that was paid back is refused", async () => {
  const { scan, refund, state } = await atTheGate();
  await refund();
  expect(await scan()).toMatchObject({ outcome: "refuse", reason: "revoked" });
  expect(await state()).toBe("cancelled");
});

test("scanned and paid back at once: somebody is inside or has the money back, never both", async () => {
  for (let round = 0; round < 12; round += 1) {
    const taken = await seatsTaken(database.ownerDb, "ATH01");
    const { scan, refund, state } = await atTheGate();
    const acts = [scan, refund];
    const [one, other] = await Promise.allSettled((round % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
    const [verdict, refunded] = round % 2 === 0 ? [one, other] : [other, one];
    const isInside = verdict?.status === "fulfilled" && "outcome" in verdict.value && verdict.value.outcome === "admit";
    expect(refunded?.status).toBe(isInside ? "rejected" : "fulfilled");
    if (refunded?.status === "rejected") expect(refunded.reason).toMatchObject({ code: "ticket_not_refundable" });
    expect(await state()).toBe(isInside ? "admitted" : "cancelled");
    expect(await seatsTaken(database.ownerDb, "ATH01")).toBe(taken + (isInside ? 1 : 0));
    // Six a competition session.
    if (isInside) buyer = await registerVisitor(world.ctx);
  }
});
