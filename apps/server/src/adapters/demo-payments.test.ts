import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { beforeEach, expect, it } from "vitest";
import { createDemoPayments } from "./demo-payments.ts";

const now = new Date("2028-07-14T12:00:00Z");
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

it("closes a page that is only about to be made, so that nobody can pay there", async () => {
  const payments = createDemoPayments({ db: database.db, clock: () => now, deliver: async () => 200 });
  const payment = {
    paymentId: randomUUID(),
    orderId: randomUUID(),
    reference: "K7MWQ2XZ9P",
    amountCents: 100,
    expiresAt: new Date(now.getTime() + 60_000),
    locale: "fr" as const,
    returnUrl: "https://tickets.test/orders/1",
  };
  expect(await payments.close({ ...payment, pageId: null })).toEqual({ state: "expired" });
  await payments.start(payment);
  expect(await payments.end(payment.paymentId, "paid")).toBe(false);
  expect(await payments.look(payment)).toEqual({ state: "expired" });
});
