import type { Locale } from "@tessera/contracts";
import { CodedError, type CoreContext, expireOrder, type PaymentEvent, readPayment } from "@tessera/core";
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
  const { core, payments, log } = parts;
  return new Hono<HttpEnvironment>()
    .get("/:paymentId", async (c) => {
      const payment = await findPayment(core, c.req.param("paymentId"));
      return payment === undefined ? answerUnknown(c) : answerChoices(c, payment);
    })
    .post("/:paymentId", async (c) => {
      const payment = await findPayment(core, c.req.param("paymentId"));
      if (payment === undefined) return answerUnknown(c);
      const { choice } = await c.req.parseBody();
      const chosen = choices.find((known) => known === choice);
      // A page left open may still pay too late; what the bank has answered stays answered.
      const isOver = payment.state !== "pending" && payment.state !== "abandoned";
      if (chosen === undefined || isOver) return answerChoices(c, payment);
      try {
        const status = await carryOut(chosen, payment, { core, payments });
        if (status === 200) return c.redirect(`/orders/${payment.orderId}`, 303);
        log.warn({ requestId: c.get("requestId"), paymentId: payment.id, status }, "webhook was not accepted");
      } catch (error) {
        log.error({ requestId: c.get("requestId"), paymentId: payment.id, err: error }, "webhook was not delivered");
      }
      return answerChoices(c, payment, { undelivered: true });
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

const reported: Record<Choice, PaymentEvent["kind"]> = {
  pay: "succeeded",
  doubled: "succeeded",
  late: "succeeded",
  refuse: "refused",
  abandon: "abandoned",
};

async function carryOut(choice: Choice, payment: Payment, { core, payments }: Omit<Parts, "log">): Promise<number> {
  if (choice === "late" && payment.state === "pending") await expireOrder(core, payment.orderId);
  return payments.report(payment.id, reported[choice], choice === "doubled" ? 2 : 1);
}

function answerUnknown(c: Context<HttpEnvironment>): Promise<Response> {
  const locale = localeOf(c.req.header("accept-language"));
  const words = payWords[locale];
  const body = html`<p>${words.unknownText}</p>
    <p><a href="/">${words.toShop}</a></p>`;
  return answerPlainPage(c, { locale, title: words.unknown, body, status: 404 });
}

function answerChoices(
  c: Context<HttpEnvironment>,
  payment: Payment,
  { undelivered = false }: { undelivered?: boolean } = {},
): Promise<Response> {
  const locale = localeOf(c.req.header("accept-language"));
  const words = payWords[locale];
  const body = html`
    ${undelivered ? html`<p role="alert">${words.undelivered}</p>` : ""}
    <dl>
      <dt>${words.reference}</dt>
      <dd>${payment.reference}</dd>
      <dt>${words.amount}</dt>
      <dd>${formatMoney(payment, locale)}</dd>
    </dl>
    ${
      payment.state === "pending"
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
        : html`<p>${words.settled}</p>`
    }
    <p><a href="/orders/${payment.orderId}">${words.backToOrder}</a></p>
  `;
  return answerPlainPage(c, { locale, title: words.title, body, status: undelivered ? 502 : 200 });
}

function formatMoney({ amountCents, currency }: Payment, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amountCents / 100);
}
