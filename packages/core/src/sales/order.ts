import { type OrderState, orderState } from "@tessera/contracts";
import { stateTable } from "../state-table.ts";

/**
 * Which change of an order is allowed. Another try to pay is a change of its own, since it makes the hold longer. A
 * payment that arrives after the hold has ended may still take seats again, and so an expired or cancelled order can
 * become paid.
 */
export const orderChanges = stateTable<OrderState>({
  held: ["awaiting_payment", "expired", "cancelled"],
  awaiting_payment: ["awaiting_payment", "paid", "expired", "cancelled"],
  paid: ["partly_refunded", "refunded"],
  partly_refunded: ["partly_refunded", "refunded"],
  refunded: [],
  expired: ["paid", "refunded"],
  cancelled: ["paid", "refunded"],
});

/** The states in which the order's seats are kept without being paid. */
export const unpaidStates = ["held", "awaiting_payment"] as const satisfies readonly OrderState[];

export function isUnpaid(state: OrderState): boolean {
  return unpaidStates.some((unpaid) => unpaid === state);
}

// What a CHECK constraint has already assured, told to the types.
export const toOrderState = (text: string): OrderState => orderState.parse(text);
