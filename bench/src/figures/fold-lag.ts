import { randomUUID } from "node:crypto";
import { audienceHeader, reservation, salesSummary, startedPayment } from "@tessera/contracts";
import { z } from "zod";
import type { Bench } from "../bench.ts";
import type { Figure } from "../report.ts";
import { purchaseOf, type Shop, withShop } from "../shop.ts";
import { type Duo, insertShoppers, type Shopper, stockDuos } from "../shoppers.ts";

const payments = 150;
const loadSeconds = 30;
const patienceMs = 20_000;
const pools = 205;

/**
 * From the moment at which somebody pays on the provider's page until an admin has read a sum that contains it, while
 * purchases keep the server as busy as they can. The provider tells by webhook, and the sums are read over HTTP.
 */
export async function measureFoldLag(bench: Bench): Promise<Figure[]> {
  const [busy, paid] = await stockDuos(bench, 2, pools);
  if (busy === undefined || paid === undefined) throw new Error("no pool");
  const { all: admins } = await insertShoppers(bench, 1, { role: "admin", audience: "admin" });
  const [admin] = admins;
  if (admin === undefined) throw new Error("no admin");
  return withShop(bench, async (shop) => {
    const payers = shop.shoppers.all.slice(-payments);
    const pages: string[] = [];
    for (const payer of payers) pages.push(await openPage(shop, payer, paid));
    await bench.owner.query("analyze");

    const load = shop.ask({ ask: purchaseOf([busy]) }, loadSeconds);
    const underLoad = { still: true };
    const over = (): void => void (underLoad.still = false);
    load.then(over, over);
    const lagsMs: number[] = [];
    for (const page of pages) {
      const before = await readTickets(shop, admin);
      const begun = performance.now();
      await pay(page);
      while ((await readTickets(shop, admin)) < before + 2) {
        if (performance.now() - begun > patienceMs) throw new Error("a payment is not in the sums");
      }
      if (!underLoad.still) break;
      lagsMs.push(performance.now() - begun);
    }
    const { perSecond } = await load;
    const sorted = lagsMs.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Infinity;
    return [
      { name: "dashboard_fold_lag_ms", value: at(0.99), unit: "ms", goal: { atMost: 1_000 } },
      { name: "dashboard_fold_lag_median_ms", value: at(0.5), unit: "ms", goal: null },
      { name: "dashboard_fold_lag_payments", value: lagsMs.length, unit: "", goal: null },
      { name: "dashboard_fold_lag_purchases_per_s", value: perSecond, unit: "/s", goal: null },
    ];
  });
}

const answered = z.object({ result: z.object({ data: z.unknown() }) });

async function call(url: string, options: RequestInit): Promise<unknown> {
  const response = await fetch(url, options);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} gave ${response.status}: ${text}`);
  return answered.parse(JSON.parse(text)).result.data;
}

async function openPage({ origin }: Shop, { token, address }: Shopper, duo: Duo): Promise<string> {
  const headers = {
    cookie: `tessera_shop=${token}`,
    "x-forwarded-for": address,
    "content-type": "application/json",
  };
  const mutate = (procedure: string, input: object): Promise<unknown> =>
    call(`${origin}/trpc/${procedure}`, { method: "POST", headers, body: JSON.stringify(input) });
  const lines = [{ offerId: duo.offerId, unitPriceCents: duo.unitPriceCents, quantity: 1 }];
  const { orderId } = reservation.parse(
    await mutate("tickets.sales.reserve", { idempotencyKey: randomUUID(), lines, partial: false }),
  );
  const started = await mutate("tickets.sales.startPayment", { orderId, idempotencyKey: randomUUID() });
  return new URL(startedPayment.parse(started).redirectUrl, origin).href;
}

async function pay(page: string): Promise<void> {
  const response = await fetch(page, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ choice: "pay" }),
  });
  await response.text();
  if (response.status !== 303) throw new Error(`the provider's page gave ${response.status}`);
}

async function readTickets({ origin }: Shop, { token }: Shopper): Promise<number> {
  const headers = { cookie: `tessera_admin=${token}`, [audienceHeader]: "admin" };
  return salesSummary.parse(await call(`${origin}/trpc/admin.sales.summary`, { headers })).tickets;
}
