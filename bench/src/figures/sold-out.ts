import type { Bench } from "../bench.ts";
import { measureInTurns, median } from "../measure.ts";
import type { Figure } from "../report.ts";
import { purchaseOf, withShop } from "../shop.ts";
import { stockDuos } from "../shoppers.ts";

const seconds = 2;
const turns = 9;
const pool = 204;

/** What a thousand are told for each one who buys, beside the least that somebody signed in can ask: who one is. */
export async function measureSoldOut(bench: Bench): Promise<Figure[]> {
  const duos = await stockDuos(bench, 1, pool);
  await bench.owner.query("update seat_pool set capacity = taken where id = any($1)", [
    duos.map(({ seatPoolId }) => seatPoolId),
  ]);
  return withShop(bench, async (shop) => {
    const refusals = { ask: purchaseOf(duos), expected: "sold_out" as const };
    const ping = { ask: { kind: "me" as const } };
    for (const warmUp of [refusals, ping]) await shop.ask(warmUp, 1);
    const rounds = await measureInTurns(turns, async () => ({
      refused: (await shop.ask(refusals, seconds)).perSecond,
      ping: (await shop.ask(ping, seconds)).perSecond,
    }));
    const of = (value: (round: (typeof rounds)[number]) => number): number => median(rounds.map(value));
    return [
      {
        name: "soldout_refusals_over_ping",
        value: of(({ refused, ping: asked }) => refused / asked),
        unit: "",
        goal: { atLeast: 0.8 },
      },
      { name: "soldout_refusals_per_s", value: of(({ refused }) => refused), unit: "/s", goal: null },
      { name: "signed_in_ping_per_s", value: of(({ ping: asked }) => asked), unit: "/s", goal: null },
    ];
  });
}
