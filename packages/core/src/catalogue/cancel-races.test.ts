import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { applyPaymentEvent } from "../sales/apply-payment-event.ts";
import { payBackCancelled } from "../sales/pay-back-cancelled.ts";
import { expireOrder } from "../sales/release-order.ts";
import {
  demandProof,
  goToGate,
  ledgerOf,
  offerIn,
  openPayment,
  outcomesOf,
  registerVisitor,
  reserveOne,
  seatsTaken,
  stockProgramme,
  type TestContext,
  testContext,
  told,
  waitingForLocks,
} from "../testing/index.ts";
import { cancelCompetitionSession } from "./cancel-competition-session.ts";
import { readAdminCompetitionSession } from "./read-admin-competition-session.ts";

const rounds = 4;
let database: TestDatabase;
let world: TestContext;
let admin: Actor;
let code: string;
let competitionSessionId: string;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: new Date("2028-07-20T15:30:00Z") });
  await ensureOrganiserKeys(world.ctx);
  admin = await registerVisitor(world.ctx, "admin");
});
afterAll(() => database.drop());
beforeEach(() => () => demandProof(world.ctx));

/** A competition session of each round's own, the first of the programme. */
async function schedule(): Promise<void> {
  made += 1;
  code = `ATH${String(made).padStart(2, "0")}`;
  await stockProgramme(world.ctx, [{ code, capacity: 50 }]);
  world.clock.advance(1000);
  ({ competitionSessionId } = await offerIn(world.ctx, { code }));
}

const cancel = () => cancelCompetitionSession(world.ctx, admin, { competitionSessionId, code, note: "Storm" });

/** In the end nobody has a seat, a ticket or money in it, whatever came first. */
async function expectOver(): Promise<void> {
  await payBackCancelled(world.ctx);
  expect(await seatsTaken(database.ownerDb, code)).toBe(0);
  expect(await readAdminCompetitionSession(world.ctx, { competitionSessionId })).toMatchObject({
    categories: [{ taken: 0, held: 0, sold: 0 }],
    owed: { orders: 0, tickets: 0, amountCents: 0, unpaidOrders: 0 },
    cancelled: { paidBackAt: world.ctx.clock() },
  });
}

test("reserved and cancelled at once: whoever was before is released, and nobody is after", async () => {
  for (let round = 0; round < rounds; round += 1) {
    await schedule();
    const buyers = await Promise.all(Array.from({ length: 6 }, () => registerVisitor(world.ctx)));
    const reserving = buyers.slice(0, 3).map((buyer) => reserveOne(world.ctx, buyer, { code }));
    const cancelling = cancel();
    const late = buyers.slice(3).map((buyer) => reserveOne(world.ctx, buyer, { code }));
    const outcomes = await outcomesOf([...reserving, ...late]);
    await cancelling;
    expect((outcomes["ok"] ?? 0) + (outcomes["offer_not_on_sale"] ?? 0)).toBe(6);
    await expectOver();
  }
});

test("waits for whoever has begun to take its seats, and whoever waits for it takes none", async () => {
  await schedule();
  const buyer = await registerVisitor(world.ctx);
  const { id } = await reserveOne(world.ctx, buyer, { code });
  const paymentId = await openPayment(world.ctx, buyer, id);
  await expireOrder(world.ctx, id);
  const acts = await database.db.transaction().execute(async (trx) => {
    const pool = trx.selectFrom("seat_pool").select("id");
    await pool.where("competition_session_id", "=", competitionSessionId).forNoKeyUpdate().execute();
    const cancelling = cancel();
    await expect.poll(() => waitingForLocks(database.db)).toBe(1);
    const late = applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    await expect.poll(() => waitingForLocks(database.db)).toBe(2);
    return { cancelling, late };
  });
  await Promise.all([acts.cancelling, acts.late]);
  expect(await seatsTaken(database.ownerDb, code)).toBe(0);
  await expectOver();
});

test("paid and cancelled at once, in time or late, while it is paid back: the money goes back once", async () => {
  for (let round = 0; round < rounds; round += 1) {
    await schedule();
    const payments: { orderId: string; paymentId: string }[] = [];
    for (let order = 0; order < 4; order += 1) {
      const buyer = await registerVisitor(world.ctx);
      const { id } = await reserveOne(world.ctx, buyer, { code });
      payments.push({ orderId: id, paymentId: await openPayment(world.ctx, buyer, id) });
      // The first two are late.
      if (order < 2) await expireOrder(world.ctx, id);
    }
    const acts = [() => applyPaymentEvents(payments), cancel, () => payBackCancelled(world.ctx)];
    await Promise.all((round % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
    await expectOver();
    for (const { orderId } of payments) {
      const entries = await ledgerOf(database.ownerDb, orderId);
      expect(entries.reduce((sum, entry) => sum + entry.amount_cents, 0)).toBe(0);
      const refunds = database.ownerDb.selectFrom("refund").innerJoin("payment", "payment.id", "refund.payment_id");
      const rows = await refunds.select(["refund.amount_cents", "reason"]).where("order_id", "=", orderId).execute();
      expect(rows).toEqual([{ amount_cents: 120_00, reason: "session_cancelled" }]);
    }
  }
});

async function applyPaymentEvents(payments: readonly { paymentId: string }[]): Promise<void> {
  await Promise.all(payments.map(({ paymentId }) => applyPaymentEvent(world.ctx, told(paymentId, "succeeded"))));
}

test("scanned, cancelled and paid back at once: let in or not, the money is back, and nobody gets in after", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const buyer = await registerVisitor(world.ctx);
    await schedule();
    const { scan, seenByHolder } = await goToGate(world.ctx, { buyer, code });
    const acts = [scan, cancel, () => payBackCancelled(world.ctx)];
    const done = (round % 2 === 0 ? acts : acts.toReversed()).map((act) => act());
    await Promise.all(done);
    await expectOver();
    expect((await seenByHolder())?.state).toBe("cancelled");
    expect(await scan()).toMatchObject({ outcome: "refuse", reason: "revoked" });
  }
});
