import { z } from "zod";
import type { StripeSettings } from "./stripe-payments.ts";

/** Which provider takes the money, with what it needs. */
export type PaymentSettings = { provider: "demo" } | ({ provider: "stripe" } & StripeSettings);

/** What the environment says of payments, each variable by itself. */
export const paymentVariables = {
  TESSERA_PAYMENTS: z
    .enum(["demo", "stripe"], { error: "must be stripe, or demo, which takes no real money" })
    .optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[rs]k_(test|live)_\w{10,}$/, "must be a key such as rk_live_… or sk_test_…")
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[\w+/=-]+$/, "must be the signing secret of the webhook endpoint, whsec_…")
    .optional(),
  STRIPE_API_URL: z
    .string()
    .refine(isApiUrl, "must be an address such as https://api.stripe.com, without a path; http only on this machine")
    .default("https://api.stripe.com"),
};

type Read = z.output<z.ZodObject<typeof paymentVariables>>;

/** How they fit together: the settings, or what is wrong. Demo mode takes no real money, and production nothing else. */
export function paymentsOf(
  read: Read,
  { demo, production }: { demo: boolean; production: boolean },
): PaymentSettings | { problems: string[] } {
  const provider = read.TESSERA_PAYMENTS ?? (demo ? "demo" : undefined);
  if (provider === undefined) {
    const choice = production ? "stripe" : "stripe, or demo, which takes no real money";
    return { problems: [`TESSERA_PAYMENTS is missing: it must be ${choice}`] };
  }
  if (provider === "demo") {
    if (production) return { problems: ["TESSERA_PAYMENTS cannot be demo in production: nobody would pay"] };
    return { provider };
  }
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_URL: apiUrl } = read;
  if (demo && secretKey?.includes("_live_") === true) {
    return { problems: ["STRIPE_SECRET_KEY must be a test key in demo mode, whose passwords are no secret"] };
  }
  if (secretKey !== undefined && webhookSecret !== undefined) return { provider, secretKey, webhookSecret, apiUrl };
  const wanted = { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret };
  const missing = Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return { problems: missing.map((name) => `${name} is missing: TESSERA_PAYMENTS is stripe`) };
}

/** The secret key goes there: over TLS, or not out of this machine. */
function isApiUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.pathname !== "/" || /[?#@]/.test(text)) return false;
  return (
    url.protocol === "https:" || (url.protocol === "http:" && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname))
  );
}
