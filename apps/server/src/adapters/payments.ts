import type { Clock, CoreContext } from "@tessera/core";
import type { Logger } from "../log.ts";
import { createDemoPayments, type DeliverWebhook, type DemoPayments } from "./demo-payments.ts";
import type { PaymentSettings } from "./payment-settings.ts";
import type { StripePayments } from "./stripe-payments.ts";

export type Payments = DemoPayments | StripePayments;

/** The provider that the settings name. Only who uses Stripe loads its package, which takes a tenth of a second. */
export async function openPayments(
  settings: PaymentSettings,
  { db, clock, deliver, log }: { db: CoreContext["db"]; clock: Clock; deliver: DeliverWebhook; log: Logger },
): Promise<Payments> {
  if (settings.provider === "demo") return createDemoPayments({ db, clock, deliver });
  if (!settings.secretKey.includes("_live_")) log.warn("Stripe's key is for tests: nobody really pays");
  const { createStripePayments } = await import("./stripe-payments.ts");
  return createStripePayments({ ...settings, clock, log });
}
