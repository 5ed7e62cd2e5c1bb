import { randomUUID } from "node:crypto";
import { reserveSeats } from "@tessera/core";
import type { Bench } from "../bench.ts";
import { insertBuyers, stockEndlessPool } from "../buyers.ts";
import { measureInTurns, median, ratePerSecond } from "../measure.ts";
import type { Figure } from "../report.ts";

const seconds = 1.5;
const buyers = 40_000;
/** As many buyers at once, each with the next purchase as soon as the last one is answered. */
const crowd = 256;

/**
 * Two seats a purchase from one pool, by many at once, through core in this process: no HTTP and no auth session, and so
 * "core" is in the name. Every buyer has an account, and limits, idempotency and history are as in the product.
 */
export async function measureReserve(bench: Bench): Promise<Figure[]> {
  const { ctx, owner } = bench;
  const line = { ...(await stockEndlessPool(bench)), quantity: 1 };
  const accountIds = await insertBuyers(bench, buyers);
  const buy = buyersOf(accountIds);
  const reserve = buy(async (accountId) => {
    await reserveSeats(ctx, { accountId }, { idempotencyKey: randomUUID(), lines: [line] });
  });
  await ratePerSecond({ inFlight: crowd, seconds: 0.5 }, reserve);
  await owner.query("analyze");
  const rates = await measureInTurns(3, () => ratePerSecond({ inFlight: crowd, seconds }, reserve));
  return [{ name: "reserve_core_contended_per_s", value: median(rates), unit: "/s", goal: null }];
}

/** Gives each purchase to the next account; one that buys a fourth time would be over its limit, and that is a fault. */
function buyersOf(accountIds: readonly string[]) {
  let turn = 0;
  return (purchase: (accountId: string) => Promise<void>) => async (): Promise<boolean> => {
    const accountId = accountIds[turn % accountIds.length] ?? "";
    turn += 1;
    await purchase(accountId);
    return true;
  };
}
