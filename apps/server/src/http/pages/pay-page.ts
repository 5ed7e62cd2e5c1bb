import type { Locale } from "@tessera/contracts";
import { CodedError, type CoreContext, expireOrder, readPayment } from "@tessera/core";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import type { DemoPayments } from "../../adapters/demo-payments.ts";
import type { Logger } from "../../log.ts";
import type { HttpEnvironment } from "../environment.ts";
import { answerPlainPage, localeOf } from "./layout.ts";
import { type Choice, choices, payWords } from "./pay-words.ts";

type Payment = Awaited<ReturnType<typeof readPayment>>;
type Parts = { core: CoreContext; payments: DemoPayments; log: Logger };

/** The demo provider's hosted checkout page: shows what is to be paid, and lets the visitor choose what happens. */
export function payRoutes(parts: Parts) {
  const { core, payments } = parts;
  return new Hono<HttpEnvironment>()
    .get("/:paymentId", async (c) => {
      const payment = await findPayment(core, c.req.param("paymentId"));
      return payment === undefined ? answerUnknown(c) : answerPage(c, payment, payments);
    })
    .post("/:paymentId", async (c) => {
      const payment = await findPayment(core, c.req.param("paymentId"));
      if (payment === undefined) return answerUnknown(c);
      const { choice } = await c.req.parseBody();
      const chosen = choices.find((known) => known === choice);
      if (chosen === undefined || !(await carryOut(chosen, payment, parts, c.get("requestId")))) {
        return answerPage(c, payment, payments);
      }
      return c.redirect(`/orders/${payment.orderId}`, 303);
    });
}

async function findPayment(core: CoreContext, paymentId: string): Promise<Payment | undefined> {
  if (!z.uuid().safeParse(paymentId).success) return undefined;
  try {
    return await readPayment(core, paymentId);
  } catch (error) {
    if (error instanceof CodedError && error.code === "not_found") return undefined;
    throw error;
  }
}

/** False when the page is not open any more: of two clicks, or of paying and closing at once, one counts. */
async function carryOut(choice: Choice, payment: Payment, parts: Parts, requestId: string): Promise<boolean> {
  const { core, payments } = parts;
  if ((await payments.look({ paymentId: payment.id })).state !== "open") return false;
  // The page stays open, and can be come back to.
  if (choice === "abandon") return true;
  if (choice === "late" && !(await endHold(core, payment.orderId))) return false;
  if (!(await payments.end(payment.id, choice === "refuse" ? "refused" : "paid"))) return false;
  if (choice !== "unreported") await tell(choice, payment, parts, requestId);
  return true;
}

/** False when the order was paid or is over. */
async function endHold(core: CoreContext, orderId: string): Promise<boolean> {
  try {
    await expireOrder(core, orderId);
    return true;
  } catch (error) {
    if (error instanceof CodedError && error.code === "conflict") return false;
    throw error;
  }
}

/** A webhook that does not arrive is no loss: what it should have told is asked for later. */
async function tell(choice: Choice, payment: Payment, { payments, log }: Parts, requestId: string): Promise<void> {
  const kind = choice === "refuse" ? "refused" : "succeeded";
  try {
    const status = await payments.report(payment.id, kind, choice === "doubled" ? 2 : 1);
    if (status !== 200) log.warn({ requestId, paymentId: payment.id, status }, "webhook was not accepted");
  } catch (error) {
    log.error({ requestId, paymentId: payment.id, err: error }, "webhook was not delivered");
  }
}

function answerUnknown(c: Context<HttpEnvironment>): Promise<Response> {
  const locale = localeOf(c.req.header("accept-language"));
  const words = payWords[locale];
  const body = html`<p>${words.unknownText}</p>
    <p><a href="/">${words.toShop}</a></p>`;
  return answerPlainPage(c, { locale, title: words.unknown, body, status: 404 });
}

async function answerPage(c: Context<HttpEnvironment>, payment: Payment, payments: DemoPayments): Promise<Response> {
  const { state } = await payments.look({ paymentId: payment.id });
  const locale = localeOf(c.req.header("accept-language"));
  const words = payWords[locale];
  const body = html`
    <dl>
      <dt>${words.reference}</dt>
      <dd>${payment.reference}</dd>
      <dt>${words.amount}</dt>
      <dd>${formatMoney(payment, locale)}</dd>
    </dl>
    ${
      state === "open"
        ? html`<p class="quiet">${words.intro}</p>
            <form method="post">
              ${choices.map(
                (choice) =>
                  html`<div>
                    <button name="choice" value="${choice}" class="${choice === "pay" ? "main" : ""}">
                      ${words.choices[choice].label}
                    </button>
                    <span>${words.choices[choice].explanation}</span>
                  </div>`,
              )}
            </form>`
        : html`<p>${words.ended[state === "succeeded" || state === "refused" ? state : "closed"]}</p>`
    }
    <p><a href="/orders/${payment.orderId}">${words.backToOrder}</a></p>
  `;
  return answerPlainPage(c, { locale, title: words.title, body });
}

function formatMoney({ amountCents, currency }: Payment, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amountCents / 100);
}
