import { handOverStates, orderStates, paymentStates, refundStates, ticketState } from "@tessera/contracts";
import { expect, test } from "vitest";
import { orderChanges } from "./sales/order.ts";
import { paymentChanges } from "./sales/payment.ts";
import { refundChanges } from "./sales/refund.ts";
import type { StateTable } from "./state-table.ts";
import { handOverChanges } from "./tickets/hand-overs/hand-over.ts";
import { ticketChanges } from "./tickets/ticket.ts";

function allowed<State extends string>(table: StateTable<State>, states: readonly State[]): string[] {
  return states.flatMap((from) => states.filter((to) => table.allows(from, to)).map((to) => `${from} → ${to}`));
}

test("exactly these changes of an order are allowed", () => {
  expect(allowed(orderChanges, orderStates)).toEqual([
    "held → awaiting_payment",
    "held → expired",
    "held → cancelled",
    "awaiting_payment → awaiting_payment",
    "awaiting_payment → paid",
    "awaiting_payment → expired",
    "awaiting_payment → cancelled",
    "paid → partly_refunded",
    "paid → refunded",
    "partly_refunded → partly_refunded",
    "partly_refunded → refunded",
    "expired → paid",
    "expired → refunded",
    "cancelled → paid",
    "cancelled → refunded",
  ]);
});

test("exactly these changes of a payment are allowed", () => {
  expect(allowed(paymentChanges, paymentStates)).toEqual([
    "pending → succeeded",
    "pending → refused",
    "pending → abandoned",
    "pending → expired",
    "succeeded → partly_refunded",
    "succeeded → refunded",
    "refused → succeeded",
    "abandoned → succeeded",
    "expired → succeeded",
    "partly_refunded → partly_refunded",
    "partly_refunded → refunded",
  ]);
});

test("exactly these changes of a refund are allowed", () => {
  expect(allowed(refundChanges, refundStates)).toEqual([
    "requested → sent",
    "requested → succeeded",
    "requested → failed",
    "sent → succeeded",
    "sent → failed",
    "succeeded → failed",
    "failed → requested",
  ]);
});

test("exactly these changes of a ticket are allowed", () => {
  expect(allowed(ticketChanges, ticketState.options)).toEqual([
    "issued → admitted",
    "issued → cancelled",
    "admitted → cancelled",
  ]);
});

test("any other change is an error with both states", () => {
  expect(() => orderChanges.assert("refunded", "paid")).toThrow(
    expect.objectContaining({ code: "conflict", details: { from: "refunded", to: "paid" } }),
  );
});

test("exactly these changes of a hand-over are allowed", () => {
  expect(allowed(handOverChanges, handOverStates)).toEqual([
    "offered → accepted",
    "offered → refused",
    "offered → taken_back",
    "offered → expired",
    "offered → void",
  ]);
});
