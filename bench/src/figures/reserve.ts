import { randomUUID } from "node:crypto";
import { reserveSeats } from "@tessera/core";
import type { Bench } from "../bench.ts";
import { insertBuyers, stockEndlessPool } from "../buyers.ts";
import { hotRowPerSecond, prepareHotRow } from "../limits/hot-row.ts";
import { measureInTurns, median, ratePerSecond } from "../measure.ts";
import type { Figure } from "../report.ts";

const seconds = 1.5;
const buyers = 40_000;
/** As many buyers at once, each with the next purchase as soon as the last one is answered. */
const crowd = 256;

/**
 * Two seats a purchase from one pool, by many at once, through core in this process: no HTTP and no auth session yet,
 * and so "core" is in the names. Every buyer has an account, and limits, idempotency and history are as in the product.
 */
export async function measureReserve(bench: Bench): Promise<Figure[]> {
  const { ctx, owner, ownerUrl } = bench;
  await prepareHotRow(owner);
  const line = { ...(await stockEndlessPool(bench)), quantity: 1 };
  const accountIds = await insertBuyers(bench, buyers);
  const buy = buyersOf(accountIds);
  const reserve = buy(async (accountId) => {
    await reserveSeats(ctx, { accountId }, { idempotencyKey: randomUUID(), lines: [line] });
  });
  // Where a table was analysed while it was empty, connections keep plans that get slower as it grows. Both sides are
  // measured on tables that have rows and are known to.
  await ratePerSecond({ inFlight: crowd, seconds: 0.5 }, reserve);
  await hotRowPerSecond(ownerUrl, 8, 0.5);
  await owner.query("analyze");

  const rounds = await measureInTurns(3, async () => {
    const few = await ratePerSecond({ inFlight: 32, seconds }, reserve);
    const many = await ratePerSecond({ inFlight: crowd, seconds }, reserve);
    const hotRow: number[] = [];
    for (const connections of [1, 8, 32]) hotRow.push(await hotRowPerSecond(ownerUrl, connections, seconds));
    return { few, many, hotRow: Math.max(...hotRow) };
  });
  const of = (value: (round: (typeof rounds)[number]) => number): number => median(rounds.map(value));
  return [
    {
      name: "reserve_core_contended_over_hot_row",
      value: of(({ many, hotRow }) => many / hotRow),
      unit: "",
      goal: { atLeast: 2 },
    },
    { name: "reserve_core_contended_per_s", value: of(({ many }) => many), unit: "/s", goal: null },
    { name: "reserve_core_contended_by_32_per_s", value: of(({ few }) => few), unit: "/s", goal: null },
    { name: "hot_row_per_s", value: of(({ hotRow }) => hotRow), unit: "/s", goal: null },
  ];
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
