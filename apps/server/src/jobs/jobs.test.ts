import { randomUUID } from "node:crypto";
import { applyPaymentEvent, checkpointKey, inviteEmployee } from "@tessera/core";
import { openPayment, registerVisitor, reserveOne, stockProgramme, testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startJobs } from "./jobs.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("forgets what ended: an invitation that nobody came for", async () => {
  const { ctx, clock } = testContext({ db: database.db });
  const admin = await registerVisitor(ctx, "admin");
  await inviteEmployee(ctx, admin, { email: "never-came@example.test", role: "staff", locale: "fr" });
  clock.advance(4 * 86_400_000);
  const checkpoints = { key: checkpointKey(Buffer.alloc(32)), store: { append: async () => undefined } };
  const jobs = startJobs(ctx, checkpoints, pino({ level: "silent" }));
  const rows = database.ownerDb.selectFrom("invitation").select("email");
  await vi.waitFor(async () => expect(await rows.execute()).toEqual([{ email: "" }]));
  await jobs.stop();
});

it("names each refund that fails, and why", async () => {
  const { ctx } = testContext({ db: database.db });
  await stockProgramme(ctx, [{}]);
  const visitor = await registerVisitor(ctx);
  const { id: orderId } = await reserveOne(ctx, visitor);
  const payments = [await openPayment(ctx, visitor, orderId)];
  await applyPaymentEvent(ctx, { id: randomUUID(), paymentId: payments[0] ?? "", kind: "refused" });
  payments.push(await openPayment(ctx, visitor, orderId));
  // The second is one too many, and goes back.
  for (const paymentId of payments.toReversed()) {
    await applyPaymentEvent(ctx, { id: randomUUID(), paymentId, kind: "succeeded", providerPaymentId: null });
  }
  const refund = await database.db.selectFrom("refund").select("id").executeTakeFirstOrThrow();

  const lines: string[] = [];
  const away = { ...ctx.payments, refund: () => Promise.reject(new Error("provider away")) };
  const checkpoints = { key: checkpointKey(Buffer.alloc(32)), store: { append: async () => undefined } };
  const jobs = startJobs({ ...ctx, payments: away }, checkpoints, pino({}, { write: (line) => void lines.push(line) }));
  await vi.waitFor(() => expect(lines).toEqual([expect.stringContaining("provider away")]));
  await jobs.stop();
  expect(lines[0]).toContain(`"refundId":"${refund.id}"`);
  expect(lines[0]).toContain('"level":50');
});
