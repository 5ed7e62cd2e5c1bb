import type { Bench } from "../bench.ts";
import { batch200PerSecond } from "../limits/batch200.ts";
import { hotRowPerSecond, prepareHotRow } from "../limits/hot-row.ts";
import { measureInTurns, median } from "../measure.ts";
import type { Figure } from "../report.ts";
import { purchaseOf, withShop } from "../shop.ts";
import { stockDuos } from "../shoppers.ts";

const seconds = 3;
const limitSeconds = 2;
const turns = 3;
const manyPools = 200;
const waitingRoom = 1_000;
const openSeconds = 8;

/**
 * Two seats a purchase over HTTP, through the product's server with everything that it does for each: auth session,
 * limits, idempotency, history, log. Beside it what PostgreSQL gives to those who do less.
 */
export async function measureSelling(bench: Bench): Promise<Figure[]> {
  const { owner, ownerUrl } = bench;
  await prepareHotRow(owner);
  const [hot, forBatches, forLatency, ...spread] = await stockDuos(bench, manyPools + 3, 0);
  if (hot === undefined || forBatches === undefined || forLatency === undefined) throw new Error("no pool");
  return withShop(bench, async (shop) => {
    const contended = { ask: purchaseOf([hot]) };
    const uncontended = { ask: purchaseOf(spread) };
    const batches = { databaseUrl: bench.databaseUrl, shoppers: shop.shoppers.file, duo: forBatches };
    // Where a table was analysed while it was empty, connections keep plans that get slower as it grows. All sides are
    // measured on tables that have rows and are known to.
    for (const warmUp of [contended, uncontended]) await shop.ask(warmUp, 1);
    await hotRowPerSecond(ownerUrl, 8, 0.5);
    await batch200PerSecond(batches, 0.5);
    await owner.query("analyze");

    const rounds = await measureInTurns(turns, async () => {
      const one = await shop.ask(contended, seconds);
      const many = await shop.ask(uncontended, seconds);
      const hotRow: number[] = [];
      for (const connections of [1, 8, 32]) hotRow.push(await hotRowPerSecond(ownerUrl, connections, limitSeconds));
      const batch200 = await batch200PerSecond(batches, limitSeconds);
      return { one: one.perSecond, many: many.perSecond, hotRow: Math.max(...hotRow), batch200 };
    });
    const of = (value: (round: (typeof rounds)[number]) => number): number => median(rounds.map(value));
    const maximum = of(({ one }) => one);
    const open = {
      ask: purchaseOf([forLatency]),
      connections: waitingRoom,
      arrivalsPerSecond: maximum / 2,
    };
    await shop.ask(open, 1);
    const latencies = await measureInTurns(turns, () => shop.ask(open, openSeconds));
    const ratio = (name: string, value: number, atLeast: number): Figure => ({
      name,
      value,
      unit: "",
      goal: { atLeast },
    });
    const rate = (name: string, value: number): Figure => ({ name, value, unit: "/s", goal: null });
    return [
      ratio(
        "reserve_contended_over_hot_row",
        of(({ one, hotRow }) => one / hotRow),
        2,
      ),
      ratio(
        "reserve_contended_over_batch200",
        of(({ one, batch200 }) => one / batch200),
        0.25,
      ),
      ratio(
        "reserve_contended_over_uncontended",
        of(({ one, many }) => one / many),
        0.9,
      ),
      { name: "reserve_p99_ms", value: median(latencies.map(({ p99Ms }) => p99Ms)), unit: "ms", goal: { atMost: 150 } },
      { name: "reserve_p50_ms", value: median(latencies.map(({ p50Ms }) => p50Ms)), unit: "ms", goal: null },
      rate("reserve_contended_per_s", maximum),
      rate(
        "reserve_uncontended_per_s",
        of(({ many }) => many),
      ),
      rate(
        "hot_row_per_s",
        of(({ hotRow }) => hotRow),
      ),
      rate(
        "batch200_per_s",
        of(({ batch200 }) => batch200),
      ),
    ];
  });
}
