import type { Bench } from "../bench.ts";
import { rawPassword } from "../limits/raw-argon2.ts";
import { measureInTurns, median } from "../measure.ts";
import type { Figure } from "../report.ts";
import { purchaseOf, withShop } from "../shop.ts";
import { stockDuos } from "../shoppers.ts";

const seconds = 3;
/** The storm begins before the purchases and goes on after them. */
const stormSeconds = 6;
const stormConnections = 64;
const turns = 3;
/** So that it is another pool than the other figures'. */
const firstPool = 203;

/** Purchases from one pool while as many people as the server takes sign in, beside purchases alone. */
export async function measureSignInStorm(bench: Bench): Promise<Figure[]> {
  const duos = await stockDuos(bench, 1, firstPool);
  return withShop(bench, async (shop) => {
    const purchases = { ask: purchaseOf(duos) };
    const signIns = { ask: { kind: "signIn", password: rawPassword } as const, connections: stormConnections };
    await shop.ask(purchases, 1);
    await bench.owner.query("analyze");
    const rounds = await measureInTurns(turns, async () => {
      const alone = await shop.ask(purchases, seconds);
      const storm = shop.ask(signIns, stormSeconds);
      // An error of it is met where it is awaited.
      storm.catch(() => undefined);
      const kept = await shop.ask(purchases, seconds);
      return { alone: alone.perSecond, kept: kept.perSecond, storm: (await storm).perSecond };
    });
    const of = (value: (round: (typeof rounds)[number]) => number): number => median(rounds.map(value));
    return [
      {
        name: "reserve_kept_under_signin_storm",
        value: of(({ kept, alone }) => kept / alone),
        unit: "",
        goal: { atLeast: 0.5 },
      },
      { name: "signin_storm_per_s", value: of(({ storm }) => storm), unit: "/s", goal: null },
    ];
  });
}
