import type { AdminOrder } from "@tessera/contracts";

type Ticket = AdminOrder["tickets"][number];

/** Why a ticket cannot be paid back; null if it can. */
export type NotRefundable = "admitted" | "cancelled" | "payment";

export function whyNot({ state, refundable }: Pick<Ticket, "state" | "refundable">): NotRefundable | null {
  if (refundable) return null;
  return state === "issued" ? "payment" : state;
}

/** What goes back to the buyer, or has gone; integer cents. What a bank has refused is still owed. */
export function givenBack(refunds: readonly Pick<AdminOrder["refunds"][number], "amountCents">[]): number {
  return refunds.reduce((sum, { amountCents }) => sum + amountCents, 0);
}
