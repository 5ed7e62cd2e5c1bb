import { randomUUID } from "node:crypto";
import { type CoreContext, listTickets, readOrder, startPayment } from "@tessera/core";
import {
  registerVisitor,
  reserveOne,
  stockProgramme,
  type TestClock,
  testContext,
  testRequester,
} from "@tessera/core/testing";
import { createTestDatabase } from "@tessera/db/testing";
import { createStripePayments } from "../adapters/stripe-payments.ts";
import type { BookedPage } from "./stripe-books.ts";
import { startStripeStandIn, type StripeStandIn, stripeWebhook } from "./stripe-stand-in.ts";
import { type TestApp, testApp } from "./test-app.ts";

/** The app over a database of its own, selling two seats by a stand-in for Stripe. */
export type StripeSale = {
  core: CoreContext;
  clock: TestClock;
  app: TestApp["app"];
  stripe: StripeStandIn;
  /** Stripe tells something by webhook; the answer's status. */
  tell(type: string, object: object, sent?: { id?: string; secret?: string; at?: Date }): Promise<number>;
  end(): Promise<void>;
};

export async function openStripeSale(): Promise<StripeSale> {
  const database = await createTestDatabase();
  const { ctx, clock } = testContext({ db: database.db });
  const stripe = await startStripeStandIn(ctx.clock);
  const log = { warn: () => undefined };
  const payments = createStripePayments({ ...stripe.settings, clock: ctx.clock, log, patienceMs: 300 });
  const core = { ...ctx, payments };
  const { app } = testApp(core, { core, payments });
  // Two seats, so that whoever lets them go may not get them again.
  await stockProgramme(core, [{ capacity: 2 }]);
  return {
    core,
    clock,
    app,
    stripe,
    async tell(type, object, sent) {
      const secret = stripe.settings.webhookSecret;
      const { body, headers } = stripeWebhook(type, object, { secret, at: core.clock(), ...sent });
      return (await app.request("/webhooks/stripe", { method: "POST", body, headers })).status;
    },
    async end() {
      await stripe.close();
      await database.drop();
    },
  };
}

/** The next request and the SDK's retry meet the same fault. */
export function failTwice({ stripe }: StripeSale, request: string, how: 500 | "hang"): void {
  for (let tries = 0; tries < 2; tries += 1) stripe.fail(request, how);
}

/** Somebody stands on Stripe's page with an order of both seats to pay. */
export async function onStripePage({ core, stripe }: StripeSale) {
  const buyer = await registerVisitor(core);
  const { id: orderId } = await reserveOne(core, buyer, { kind: "duo" });
  const open = () => startPayment(core, buyer, { orderId, idempotencyKey: randomUUID() }, testRequester);
  const page = pageAt(stripe, (await open()).redirectUrl);
  const state = async () => {
    const order = await readOrder(core, buyer, { orderId });
    const tickets = await listTickets(core, buyer, { orderId });
    return { order: order.state, payment: order.payment?.state, tickets: tickets.length };
  };
  return { buyer, orderId, page, open, state };
}

export function pageAt({ books }: StripeStandIn, redirectUrl: string): BookedPage {
  const page = books.pages.find(({ url }) => url === redirectUrl);
  if (page === undefined) throw new Error(`Stripe has no page at ${redirectUrl}`);
  return page;
}
