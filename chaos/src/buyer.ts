import { randomUUID } from "node:crypto";
import { order as orderSchema, reservation as reservationSchema, startedPayment } from "@tessera/contracts";
import type { z } from "zod";
import { type Api, type Definite, openApi } from "./api.ts";
import type { HttpClient } from "./http.ts";
import type { Granted, Memory } from "./memory.ts";
import type { Random } from "./random.ts";
import type { Account, Offer } from "./stage.ts";

/** How a visit to the shop ended. `waiting`: without seats, and still wanting some. */
export type Outcome = "satisfied" | "gone" | "waiting";

/**
 * What a buyer does with seats. `doubled`: the provider tells of the payment twice; `unreported`: it forgets to, and must
 * be asked. `abandon`: no payment is begun; `abandon_page`: one is.
 */
type Plan = "pay" | "doubled" | "unreported" | "refuse_then_pay" | "abandon" | "abandon_page" | "cancel";

export type Visit = {
  client: HttpClient;
  memory: Memory;
  account: Account;
  random: Random;
  /** One or two lines. */
  wish: readonly { offer: Offer; quantity: number }[];
  partial: boolean;
  plan: Plan;
  /** Told as soon as seats are granted. */
  onGranted: (seats: number) => void;
};

const refusals: ReadonlySet<string> = new Set(["sold_out", "limit_reached"]);
const overCodes: ReadonlySet<string> = new Set(["order_expired", "order_not_payable", "conflict"]);
type Order = z.output<typeof orderSchema>;

/**
 * One visit to the shop, whatever is killed meanwhile. Resolves when the wish has been answered; `outcome` when the visit
 * has come to a definite end, as who pays does not stand in line any more.
 */
export async function visit(one: Visit): Promise<{ outcome: Promise<Outcome> }> {
  const { client, memory, account, random } = one;
  const api = openApi(client, account, random);
  const surprised = (error: unknown): Outcome => {
    memory.surprises.push(error instanceof Error ? error.message : String(error));
    return "gone";
  };
  try {
    const granted = await reserve(api, one);
    const outcome: Promise<Outcome> =
      granted === undefined ? Promise.resolve("waiting") : carryOn(api, one, granted).catch(surprised);
    return { outcome };
  } catch (error) {
    return { outcome: Promise.resolve(surprised(error)) };
  }
}

async function reserve(api: Api, { account, memory, wish, partial, onGranted }: Visit): Promise<Granted | undefined> {
  const lines = wish.map(({ offer, quantity }) => ({ offerId: offer.id, quantity, unitPriceCents: offer.priceCents }));
  const body = { idempotencyKey: randomUUID(), lines, partial };
  const answer = await api.mutate("tickets.sales.reserve", (retry) => ({ ...body, retry }));
  if (answer.kind === "refused") {
    if (!refusals.has(answer.code)) throw unexpected("reserve", answer);
    return undefined;
  }
  const reservation = reservationSchema.parse(answer.data);
  const seats = wish.reduce((sum, { offer }, line) => sum + offer.persons * (reservation.lines[line]?.granted ?? 0), 0);
  const granted: Granted = { account, wish: body, text: answer.text, reservation, seats, paid: false };
  memory.granted.push(granted);
  onGranted(seats);
  return granted;
}

async function carryOn(api: Api, { plan }: Visit, granted: Granted): Promise<Outcome> {
  const { orderId } = granted.reservation;
  switch (plan) {
    case "cancel": {
      const answer = await api.mutate("tickets.sales.cancelOrder", () => ({ orderId }));
      // A second try finds it cancelled by the first, or expired.
      if (answer.kind === "refused" && !overCodes.has(answer.code)) throw unexpected("cancelOrder", answer);
      return "gone";
    }
    case "abandon_page": {
      const page = await openPage(api, orderId);
      if (page !== undefined) await api.postForm(page, { choice: "abandon" });
      return "gone";
    }
    case "refuse_then_pay": {
      const page = await openPage(api, orderId);
      if (page !== undefined) await api.postForm(page, { choice: "refuse" });
      return pay(api, granted, "pay");
    }
    case "pay":
    case "doubled":
    case "unreported":
      return pay(api, granted, plan);
    case "abandon":
    default:
      return "gone";
  }
}

/**
 * Gives up only when the order says that it is over. Until then whoever wants to pay looks at the order, and pays on the
 * provider's page: again where no answer came, on a new one where the last has ended.
 */
async function pay(api: Api, granted: Granted, choice: "pay" | "doubled" | "unreported"): Promise<Outcome> {
  const { orderId } = granted.reservation;
  let page: string | undefined;
  for (let tries = 0; ; tries += 1) {
    page ??= await openPage(api, orderId);
    const heard = page === undefined ? "unknown" : await api.postForm(page, { choice });
    // The provider leads back to the shop: it has the money.
    if (heard !== "unknown" && heard.status === 303) granted.paid = true;
    const { state, payment } = await readOrder(api, orderId);
    switch (state) {
      case "paid":
        granted.paid = true;
        return "satisfied";
      case "expired":
      case "cancelled":
      case "refunded":
        return "waiting";
      case "held":
      case "awaiting_payment":
        if (payment?.state !== "pending") page = undefined;
        await api.pause(tries);
        break;
      case "partly_refunded":
        throw new Error("an order was refunded in part, and nobody asked for it");
    }
  }
}

/**
 * The path of the provider's page; undefined when the order is over or paid. A key whose try has died with the server
 * stays under way for a minute: like somebody who presses the button again, the buyer takes a new one.
 */
async function openPage(api: Api, orderId: string): Promise<string | undefined> {
  for (;;) {
    const idempotencyKey = randomUUID();
    const answer = await api.mutate("tickets.sales.startPayment", () => ({ orderId, idempotencyKey }));
    if (answer.kind === "granted") {
      const { pathname, search } = new URL(startedPayment.parse(answer.data).redirectUrl, "http://shop.test");
      return pathname + search;
    }
    if (overCodes.has(answer.code)) return undefined;
    if (answer.code !== "request_under_way") throw unexpected("startPayment", answer);
  }
}

async function readOrder(api: Api, orderId: string): Promise<Pick<Order, "state" | "payment">> {
  const answer = await api.query("tickets.sales.order", { orderId });
  if (answer.kind === "refused") throw unexpected("order", answer);
  return orderSchema.pick({ state: true, payment: true }).parse(answer.data);
}

function unexpected(procedure: string, answer: Extract<Definite, { kind: "refused" }>): Error {
  return new Error(`${procedure} was refused: ${answer.code} ${JSON.stringify(answer.details)}`);
}
