import { randomUUID } from "node:crypto";
import { applyPaymentEvent } from "../sales/apply-payment-event.ts";
import type { OrderFacts } from "../sales/read-orders.ts";
import { reserveSeats } from "../sales/reserve-seats.ts";
import { startPayment } from "../sales/start-payment.ts";
import { registerVisitor } from "./accounts.ts";
import type { TestContext } from "./test-context.ts";

type Line = { offer: { id: string; priceCents: number }; quantity: number };

/** A new visitor buys these lines as one order, and pays unless told otherwise. */
export async function buyTickets(
  { ctx, payments }: TestContext,
  lines: readonly Line[],
  { pay }: { pay: boolean } = { pay: true },
): Promise<OrderFacts> {
  const actor = await registerVisitor(ctx);
  const order = await reserveSeats(ctx, actor, {
    idempotencyKey: randomUUID(),
    lines: lines.map(({ offer, quantity }) => ({ offerId: offer.id, quantity, unitPriceCents: offer.priceCents })),
  });
  if (!pay) return order;
  await startPayment(ctx, actor, { orderId: order.id, idempotencyKey: randomUUID() });
  const started = payments.started.at(-1);
  if (started === undefined) throw new Error("the payment did not start");
  await applyPaymentEvent(ctx, { id: randomUUID(), kind: "succeeded", paymentId: started.paymentId });
  return order;
}
