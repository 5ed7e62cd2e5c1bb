import type { AdminOrder } from "@tessera/contracts";

type Ticket = AdminOrder["tickets"][number];

/** Why a ticket cannot be paid back; null if it can. */
export type NotRefundable = "admitted" | "cancelled" | "free" | "payment";

export function whyNot({
  state,
  refundable,
  priceCents,
}: Pick<Ticket, "state" | "refundable" | "priceCents">): NotRefundable | null {
  if (refundable) return null;
  if (state !== "issued") return state;
  return priceCents === 0 ? "free" : "payment";
}

/** What goes back to the buyer, or has gone; integer cents. What a bank has refused is still owed. */
export function givenBack(refunds: readonly Pick<AdminOrder["refunds"][number], "amountCents">[]): number {
  return refunds.reduce((sum, { amountCents }) => sum + amountCents, 0);
}
