import type { Bench } from "./bench.ts";
import { ask, type RequestsOrder, type RequestsResult } from "./requests.ts";
import { startServer } from "./server.ts";
import { type Duo, insertShoppers, type Shoppers } from "./shoppers.ts";

/** The product's server on the bench's database, and enough people to buy from it. */
export type Shop = {
  origin: string;
  shoppers: Shoppers;
  /** Asks for some seconds; each call goes on with the next shopper. */
  ask: (
    what: Pick<RequestsOrder, "ask"> & Partial<Pick<RequestsOrder, "expected" | "arrivalsPerSecond" | "connections">>,
    seconds: number,
  ) => Promise<RequestsResult>;
};

const people = 40_000;
/** Two batches under way and one that waits: fewer people would leave batches half empty, and the machine idle. */
const crowd = 600;

/** Opens a shop for as long as `work` lasts. Limits are looked at as always, and so high that nobody reaches them. */
export async function withShop<Result>(bench: Bench, work: (shop: Shop) => Promise<Result>): Promise<Result> {
  const shoppers = await insertShoppers(bench, people);
  await bench.owner.query("analyze account, auth_session");
  await bench.owner.query("update games set limit_games = 1000, limit_competition_session = 1000");
  const server = await startServer(bench);
  let from = 0;
  try {
    return await work({
      origin: server.origin,
      shoppers,
      async ask(what, seconds) {
        const { connections = crowd, expected = "granted", ...rest } = what;
        const begin = from;
        // Those who ask at the same time are others.
        from += 7_919;
        const result = await ask({
          ...rest,
          origin: server.origin,
          shoppers: shoppers.file,
          from: begin,
          expected,
          connections,
          seconds,
        });
        from = Math.max(from, begin + result.asked + connections);
        return result;
      },
    });
  } finally {
    await server.stop();
  }
}

/** A purchase from one of these in turn. */
export function purchaseOf(duos: readonly Duo[]): RequestsOrder["ask"] {
  return { kind: "reserve", duos: duos.map(({ offerId, unitPriceCents }) => ({ offerId, unitPriceCents })) };
}
