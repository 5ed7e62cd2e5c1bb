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

export function standingOf({ state, payment, paidAt }: Order): Standing {
  switch (state) {
    case "held":
      return "held";
    case "awaiting_payment":
      if (payment?.state === "refused" || payment?.state === "abandoned") return payment.state;
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

const pollMs = 1_500;
const lateMs = 5_000;
const watchMs = 15_000;

/**
 * How often to look at an order again, in milliseconds: often while an answer is on its way, which is also so at the end
 * of a hold; now and then while it waits for its buyer, or once it is over and money for it may still come late; never once
 * it is settled.
 */
export function lookAgainMs(order: Order | undefined, nowMs: number): number | false {
  if (order === undefined) return false;
  const standing = standingOf(order);
  if (standing === "awaiting") return pollMs;
  if ((standing === "expired" || standing === "cancelled") && order.payment !== null) return lateMs;
  if (standing !== "held" && standing !== "refused" && standing !== "abandoned") return false;
  return order.holdExpiresAt !== null && Date.parse(order.holdExpiresAt) <= nowMs ? pollMs : watchMs;
}
