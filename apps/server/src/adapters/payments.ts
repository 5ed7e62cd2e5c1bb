import type { Clock, CoreContext } from "@tessera/core";
import type { Logger } from "../log.ts";
import { createDemoPayments, type DeliverWebhook, type DemoPayments } from "./demo-payments.ts";
import type { PaymentSettings } from "./payment-settings.ts";
import { createStripePayments, type StripePayments } from "./stripe-payments.ts";

export type Payments = DemoPayments | StripePayments;

/** The provider that the settings name. */
export function openPayments(
  settings: PaymentSettings,
  { db, clock, deliver, log }: { db: CoreContext["db"]; clock: Clock; deliver: DeliverWebhook; log: Logger },
): Payments {
  if (settings.provider === "demo") return createDemoPayments({ db, clock, deliver });
  if (!settings.secretKey.includes("_live_")) log.warn("Stripe's key is for tests: nobody really pays");
  return createStripePayments({ ...settings, clock, log });
}
