import { type OrderState, orderState } from "@tessera/contracts";
import { CodedError } from "../errors.ts";

/**
 * Which change of an order is allowed; everything else is an error. A payment that arrives after the hold has ended may
 * still take seats again, and so an expired or cancelled order can become paid.
 */
const changes: Record<OrderState, readonly OrderState[]> = {
  held: ["awaiting_payment", "expired", "cancelled"],
  awaiting_payment: ["paid", "expired", "cancelled"],
  paid: ["partly_refunded", "refunded"],
  partly_refunded: ["partly_refunded", "refunded"],
  refunded: [],
  expired: ["paid", "refunded"],
  cancelled: ["paid", "refunded"],
};

export function mayChange(from: OrderState, to: OrderState): boolean {
  return changes[from].includes(to);
}

/** Throws `conflict` for a change that the table does not allow. */
export function assertChange(from: OrderState, to: OrderState): void {
  if (!mayChange(from, to)) throw new CodedError("conflict", { from, to });
}

/** The states in which the order's seats are kept without being paid. */
export const unpaidStates = ["held", "awaiting_payment"] as const satisfies readonly OrderState[];

export function isUnpaid(state: OrderState): boolean {
  return unpaidStates.some((unpaid) => unpaid === state);
}

// What a CHECK constraint has already assured, told to the types.
export const toOrderState = (text: string): OrderState => orderState.parse(text);
