import { randomUUID } from "node:crypto";
import { listTickets, refundTickets, sendRequestedRefunds } from "@tessera/core";
import { refundsOf, registerVisitor } from "@tessera/core/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { payPage } from "../testing/stripe-books.ts";
import { failTwice, onStripePage, openStripeSale, type StripeSale } from "../testing/stripe-sale.ts";

const minute = 60_000;

let sale: StripeSale;
beforeEach(async () => void (sale = await openStripeSale()));
afterEach(() => sale.end());

/** Two tickets, paid for, of which an admin pays the first back. */
async function oneBack() {
  const { buyer, orderId, page } = await onStripePage(sale);
  payPage(sale.stripe.books, page.id);
  await sale.tell("checkout.session.completed", page);
  const [ticket] = await listTickets(sale.core, buyer, { orderId });
  const admin = await registerVisitor(sale.core, "admin");
  const ticketIds = ticket === undefined ? [] : [ticket.id];
  await refundTickets(sale.core, admin, { idempotencyKey: randomUUID(), orderId, ticketIds, note: "ill" });
  return { refundState: async () => (await refundsOf(sale.core.db, orderId))[0]?.state };
}

it("sends a part, and hears how it ended", async () => {
  sale.stripe.books.refundStatus = "pending";
  const { refundState } = await oneBack();
  await sendRequestedRefunds(sale.core);
  expect(await refundState()).toBe("sent");
  const [refund] = sale.stripe.books.refunds;
  expect(await sale.tell("refund.updated", { ...refund, status: "succeeded" })).toBe(200);
  expect(await sale.tell("refund.created", { ...refund, status: "pending" })).toBe(200);
  expect(await refundState()).toBe("succeeded");
});

it("hears how it ended before its own answer has come", async () => {
  const { refundState } = await oneBack();
  failTwice(sale, "POST /v1/refunds", "hang");
  const { failed } = await sendRequestedRefunds(sale.core);
  expect(failed).toHaveLength(1);
  expect(await refundState()).toBe("requested");
  const [refund] = sale.stripe.books.refunds;
  expect(await sale.tell("refund.updated", { ...refund, status: "succeeded" })).toBe(200);
  expect(await refundState()).toBe("succeeded");
  sale.clock.advance(minute);
  expect(await sendRequestedRefunds(sale.core)).toEqual({ sent: 0, failed: [] });
  expect(sale.stripe.books.refunds).toHaveLength(1);
});

it("asks after an hour how it ended, when nobody has told", async () => {
  sale.stripe.books.refundStatus = "pending";
  const { refundState } = await oneBack();
  await sendRequestedRefunds(sale.core);
  Object.assign(sale.stripe.books.refunds[0] ?? {}, { status: "succeeded" });
  sale.clock.advance(59 * minute);
  await sendRequestedRefunds(sale.core);
  expect(await refundState()).toBe("sent");
  sale.clock.advance(minute);
  await sendRequestedRefunds(sale.core);
  expect(await refundState()).toBe("succeeded");
  expect(sale.stripe.books.refunds).toHaveLength(1);
});

it("hears that the bank has given it back", async () => {
  const { refundState } = await oneBack();
  await sendRequestedRefunds(sale.core);
  const [refund] = sale.stripe.books.refunds;
  expect(await sale.tell("refund.failed", { ...refund, status: "failed" })).toBe(200);
  expect(await refundState()).toBe("failed");
});
