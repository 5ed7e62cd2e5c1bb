import type { CoreContext } from "@tessera/core";

type Db = CoreContext["db"];

const checkoutStates = ["open", "paid", "refused", "abandoned", "expired"] as const;
export type CheckoutState = (typeof checkoutStates)[number];

/** Opens a checkout; one that is there already stays as it is. */
export async function insertCheckout(
  db: Db,
  { paymentId, amountCents, expiresAt }: { paymentId: string; amountCents: number; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto("demo_checkout")
    .values({ payment_id: paymentId, state: "open", amount_cents: amountCents, expires_at: expiresAt })
    .onConflict((conflict) => conflict.constraint("demo_checkout_pkey").doNothing())
    .execute();
}

/** How a checkout stands; one that nobody paid in time has expired. Undefined if there is none. */
export async function selectCheckout(db: Db, paymentId: string, now: Date): Promise<CheckoutState | undefined> {
  const row = await db
    .selectFrom("demo_checkout")
    .select(["state", "expires_at"])
    .where("payment_id", "=", paymentId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.state === "open" && row.expires_at <= now) return "expired";
  return checkoutStates.find((state) => state === row.state);
}

/** Ends a checkout that is open; false if it was not: of paying and closing at once, one is done. */
export async function endCheckout(
  db: Db,
  { paymentId, state, openAt }: { paymentId: string; state: Exclude<CheckoutState, "open">; openAt?: Date },
): Promise<boolean> {
  const ended = await db
    .updateTable("demo_checkout")
    .set({ state })
    .where("payment_id", "=", paymentId)
    .where("state", "=", "open")
    .$if(openAt !== undefined, (query) => query.where("expires_at", ">", openAt ?? new Date()))
    .returning("payment_id")
    .executeTakeFirst();
  return ended !== undefined;
}

/** Books a refund of a checkout that was paid, once; false if there is no such checkout. */
export async function insertDemoRefund(
  db: Db,
  { refundId, paymentId, amountCents }: { refundId: string; paymentId: string; amountCents: number },
): Promise<boolean> {
  if ((await selectCheckout(db, paymentId, new Date(0))) !== "paid") return false;
  await db
    .insertInto("demo_refund")
    .values({ refund_id: refundId, payment_id: paymentId, amount_cents: amountCents })
    .onConflict((conflict) => conflict.constraint("demo_refund_pkey").doNothing())
    .execute();
  return true;
}
