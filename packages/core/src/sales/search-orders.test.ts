import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStaffAccount } from "../accounts/staff/create-staff-account.ts";
import type { Actor } from "../ports.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { buy, openPayment, reserveOne } from "../testing/purchases.ts";
import { testContext } from "../testing/test-context.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { readAdminOrder } from "./read-admin-order.ts";
import { refundTickets } from "./refund-tickets.ts";
import { searchOrders } from "./search-orders.ts";
import { sendRequestedRefunds } from "./send-refunds.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
let bought: Awaited<ReturnType<typeof buy>>;
let held: Awaited<ReturnType<typeof reserveOne>>;

async function buyer(displayName: string, email: string): Promise<Actor> {
  const account = await createStaffAccount(context.ctx, {
    email,
    password: "marble torch over the river",
    displayName,
    locale: "fr",
    role: "visitor",
    roleSince: new Date(0),
    totpSecret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  });
  return { accountId: account.id, role: "visitor", displayName, steppedUpUntil: context.ctx.clock() };
}

beforeAll(async () => {
  database = await createTestDatabase();
  context = testContext({ db: database.db });
  await stockProgramme(context.ctx, [{ priceCents: 50_00 }]);
  bought = await buy(context.ctx, await buyer("Jean-Pierre O’Neil", "jp.o'neil@example.test"), { kind: "family" });
  context.clock.advance(1000);
  held = await reserveOne(context.ctx, await buyer("Zoé Percent", "zoe_100%@example.test"), { kind: "duo" });
});
afterAll(() => database.drop());

const find = (search: string, other: { state?: "held" | "paid"; page?: number; pageSize?: number } = {}) =>
  searchOrders(context.ctx, { search, page: 1, pageSize: 25, ...other });
const idsOf = async (search: string) => (await find(search)).orders.map(({ id }) => id);

test("all orders, newest first, with their buyer and what they are for", async () => {
  const { total, orders } = await find("");
  expect(total).toBe(2);
  expect(orders.map(({ id, tickets, state }) => [id, tickets, state])).toEqual([
    [held.id, 2, "held"],
    [bought.order.id, 4, "paid"],
  ]);
  expect(orders[1]).toMatchObject({
    reference: bought.order.reference,
    totalCents: 200_00,
    buyer: { displayName: "Jean-Pierre O’Neil", email: "jp.o'neil@example.test" },
  });
});

test("by state and by page", async () => {
  expect((await find("", { state: "paid" })).orders.map(({ id }) => id)).toEqual([bought.order.id]);
  const second = await find("", { page: 2, pageSize: 1 });
  expect([second.total, second.orders.map(({ id }) => id)]).toEqual([2, [bought.order.id]]);
});

test("by the reference of the order or of a ticket, as people write it", async () => {
  const { reference } = bought.order;
  const typed = `${reference.slice(0, 5)}-${reference.slice(5)}`
    .toLowerCase()
    .replaceAll("0", "o")
    .replaceAll("1", "l");
  for (const search of [reference, typed, bought.tickets[2]?.reference ?? ""]) {
    expect(await idsOf(search)).toEqual([bought.order.id]);
  }
});

test.each(["jean", "PIERRE", "o’nei", "neil jean", "jp.o'n", "JP.O'NEIL@EXAMPLE.TEST"])(
  "%s finds who is called so, by words of the name or the beginning of the address",
  async (search) => {
    expect(await idsOf(search)).toEqual([bought.order.id]);
  },
);

test.each(["zoé", "zoe_100%@"])("%s finds the other", async (search) => {
  expect(await idsOf(search)).toEqual([held.id]);
});

test.each(["%", "zoe_%", "_oe", "jean zoé", "' or 1=1 --", "a:* & b", "\\", "!", "0000000000"])(
  "%s finds nobody, and does nothing else either",
  async (search) => {
    expect(await find(search)).toEqual({ total: 0, orders: [] });
  },
);

test("one order with everything that belongs to it, oldest change first", async () => {
  const { ctx, payments } = context;
  const admin = await registerVisitor(ctx, "admin");
  context.clock.advance(1000);
  const ticket = bought.tickets[0]?.id ?? "";
  const wish = { orderId: bought.order.id, ticketIds: [ticket], note: "Fell ill" };
  await refundTickets(ctx, admin, { ...wish, idempotencyKey: randomUUID() });
  payments.refundState = "succeeded";
  context.clock.advance(1000);
  await sendRequestedRefunds(ctx);

  const found = await readAdminOrder(ctx, { orderId: bought.order.id });
  expect(found.order).toMatchObject({ id: bought.order.id, state: "partly_refunded" });
  expect(found.buyer).toMatchObject({ email: "jp.o'neil@example.test" });
  expect(found.tickets).toHaveLength(4);
  for (const { id, state, refundable } of found.tickets) {
    expect([state, refundable]).toEqual(id === ticket ? ["cancelled", false] : ["issued", true]);
  }
  expect(found.tickets[0]).toMatchObject({ priceCents: 50_00, taxCents: 2_61, holderName: "Jean-Pierre O’Neil" });
  expect(found.payments).toMatchObject([{ state: "partly_refunded", amountCents: 200_00, refundedCents: 50_00 }]);
  expect(found.refunds).toMatchObject([
    { amountCents: 50_00, state: "succeeded", note: "Fell ill", requestedBy: "Camille Test", reason: "organiser" },
  ]);
  const changes = found.history.map(({ of, state }) => `${of} ${state}`);
  expect(changes.filter((change) => change.startsWith("order"))).toEqual([
    "order held",
    "order awaiting_payment",
    "order paid",
    "order partly_refunded",
  ]);
  expect(changes.filter((change) => change.startsWith("ticket issued"))).toHaveLength(4);
  expect(changes.at(-1)).toBe("refund succeeded");
  expect(found.history.map(({ at }) => at.getTime())).toEqual(
    found.history.map(({ at }) => at.getTime()).toSorted((one, other) => one - other),
  );
  await expect(readAdminOrder(ctx, { orderId: randomUUID() })).rejects.toMatchObject({ code: "not_found" });
});

test("an order whose money came twice shows both payments", async () => {
  const { ctx } = context;
  const twice = await registerVisitor(ctx);
  const { id: orderId } = await reserveOne(ctx, twice);
  const first = await openPayment(ctx, twice, orderId);
  await applyPaymentEvent(ctx, { id: randomUUID(), paymentId: first, kind: "refused" });
  const second = await openPayment(ctx, twice, orderId);
  for (const paymentId of [second, first]) {
    await applyPaymentEvent(ctx, { id: randomUUID(), paymentId, kind: "succeeded", providerPaymentId: null });
  }
  const { payments, refunds, tickets } = await readAdminOrder(ctx, { orderId });
  const stateOf = new Map(payments.map(({ id, state }) => [id, state]));
  expect([stateOf.get(first), stateOf.get(second)]).toEqual(["refunded", "succeeded"]);
  expect(refunds).toMatchObject([{ paymentId: first, reason: "paid_twice", requestedBy: null }]);
  expect(tickets).toHaveLength(1);
});
