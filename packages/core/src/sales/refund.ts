import { type RefundReason, refundReason, type RefundState, refundState } from "@tessera/contracts";
import { stateTable } from "../state-table.ts";

/**
 * Which change of a refund is allowed. Providers may take back that they have paid, and so one that succeeded can fail;
 * a failed one never succeeds by itself: an admin has it tried again.
 */
export const refundChanges = stateTable<RefundState>({
  requested: ["sent", "succeeded", "failed"],
  sent: ["succeeded", "failed"],
  succeeded: ["failed"],
  failed: ["requested"],
});

// What a CHECK constraint has already assured, told to the types.
export const toRefundState = (text: string): RefundState => refundState.parse(text);
export const toRefundReason = (text: string): RefundReason => refundReason.parse(text);
