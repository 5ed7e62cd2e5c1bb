import { type PaymentState, paymentState } from "@tessera/contracts";
import { stateTable } from "../state-table.ts";

/**
 * Which change of a payment is allowed. Money may arrive after whatever else was said of it. `partly_refunded` and
 * `refunded` say what is given back; how far that has come is the refund's state.
 */
export const paymentChanges = stateTable<PaymentState>({
  pending: ["succeeded", "refused", "abandoned", "expired"],
  refused: ["succeeded"],
  abandoned: ["succeeded"],
  expired: ["succeeded"],
  succeeded: ["partly_refunded", "refunded"],
  partly_refunded: ["partly_refunded", "refunded"],
  refunded: [],
});

/** The states of a payment of which there is money left that can be paid back. */
export const refundableStates = ["succeeded", "partly_refunded"] as const satisfies readonly PaymentState[];

// What a CHECK constraint has already assured, told to the types.
export const toPaymentState = (text: string): PaymentState => paymentState.parse(text);
