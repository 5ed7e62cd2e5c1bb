import type { Order } from "@tessera/contracts";

/** How many tickets an order gives, or would have given. */
export function ticketCount({ lines }: Order): number {
  return lines.reduce((sum, { persons, quantity, entries }) => sum + persons * quantity * entries.length, 0);
}

/** Where an order stands, as its owner needs to know it: the order's state seen with its newest payment's. */
export type Standing =
  | "held"
  | "awaiting"
  | "refused"
  | "abandoned"
  | "paid"
  | "expired"
  | "cancelled"
  | "partlyRefunded"
  | "refunded"
  | "lateRefund";

export function standingOf({ state, payment, paidAt }: Pick<Order, "state" | "payment" | "paidAt">): Standing {
  switch (state) {
    case "held":
      return "held";
    case "awaiting_payment":
      if (payment?.state === "refused") return "refused";
      // Left, or closed by the provider: for the visitor it is the same.
      if (payment?.state === "abandoned" || payment?.state === "expired") return "abandoned";
      return "awaiting";
    case "paid":
      return "paid";
    case "partly_refunded":
      return "partlyRefunded";
    case "refunded":
      // It was never paid in time: the money came when the seats were gone.
      return paidAt === null ? "lateRefund" : "refunded";
    default:
      return state;
  }
}

/** The heading of an order's page, as a key of `shop.order`. */
export function titleOf(order: Pick<Order, "state" | "payment" | "paidAt" | "refunds">) {
  const standing = standingOf(order);
  if (standing === "lateRefund") {
    const state = lateRefundOf(order)?.state;
    return state === "succeeded"
      ? "lateRefundedTitle"
      : state === "failed"
        ? "lateRefundFailedTitle"
        : "lateRefundTitle";
  }
  return `${standing}Title` as const;
}

/** It has been paid in time, and so it has given tickets. */
export function hasTickets({ paidAt }: Pick<Order, "paidAt">): boolean {
  return paidAt !== null;
}

/** What a list says of an order, as a key of `shop.order.states`. */
export function shortStateOf(order: Pick<Order, "state" | "payment" | "paidAt" | "refunds">) {
  const standing = standingOf(order);
  if (standing === "paid" || standing === "partlyRefunded") return standing;
  if (order.refunds.some(({ state }) => state === "failed")) return "refundFailed" as const;
  if (order.refunds.some(({ state }) => state !== "succeeded")) return "refundUnderWay" as const;
  return standing;
}

/** Its seats are kept, and it can still be paid. */
export function isOpen(standing: Standing): boolean {
  return standing === "held" || standing === "awaiting" || standing === "refused" || standing === "abandoned";
}

/** It is over, and yet the provider may still tell of money for it. */
export function mayStillBePaid({ state, payment }: Pick<Order, "state" | "payment">): boolean {
  return (state === "expired" || state === "cancelled") && payment !== null && payment.state === "pending";
}

/** The refund that says where money that came too late is. */
export function lateRefundOf({ refunds }: Pick<Order, "refunds">): Order["refunds"][number] | undefined {
  return refunds.find(({ reason }) => reason !== "organiser" && reason !== "paid_twice");
}

const pollMs = 1_500;
const patientMs = 4_000;
const lateMs = 5_000;
const watchMs = 15_000;
/** How many looks are made in haste: about a minute of them. */
const hastyLooks = 40;

/**
 * How often to look at an order again, in milliseconds: often while an answer is on its way, which is also so at the end
 * of a hold; now and then while it waits for its buyer, while money is on its way back, or once it is over and money for
 * it may still come late; never once it is settled.
 *
 * @param looks how often it was looked at so far
 */
export function lookAgainMs(order: Order | undefined, nowMs: number, looks: number): number | false {
  if (order === undefined) return false;
  const standing = standingOf(order);
  const soonMs = looks < hastyLooks ? pollMs : patientMs;
  if (standing === "awaiting") return soonMs;
  if ((standing === "expired" || standing === "cancelled") && order.payment !== null) return lateMs;
  if (isOpen(standing)) {
    return order.holdExpiresAt !== null && Date.parse(order.holdExpiresAt) <= nowMs ? soonMs : watchMs;
  }
  return order.refunds.some(({ state }) => state !== "succeeded") ? watchMs : false;
}
