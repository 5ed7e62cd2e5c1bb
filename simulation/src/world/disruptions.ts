import type { Random } from "@tessera/chaos/random";
import type { Link } from "../tablets/link.ts";
import type { TabletClock } from "../time/device-clock.ts";
import type { VirtualTime } from "../time/virtual-time.ts";

export type Disruptable = {
  readonly gateId: string;
  readonly link: Link;
  readonly deviceClock: TabletClock;
  /** The app dies at one of its next writes, and is started again by the person at the gate. */
  readonly planCrash: () => void;
};

const minuteMs = 60_000;
const longestCutMs = 180 * minuteMs;

/** All that goes wrong at the gates while they are open, drawn before it happens. Gives how many of each. */
export function planDisruptions(
  time: VirtualTime,
  tablets: readonly Disruptable[],
  { random, fromMs, lastsMs }: { random: Random; fromMs: number; lastsMs: number },
): { cuts: number; crashes: number; clocksSet: number } {
  const counted = { cuts: 0, crashes: 0, clocksSet: 0 };
  const someMoment = (): number => fromMs + random.next() * lastsMs;
  const cut = (links: readonly Link[], cause: string, longestShare: number): void => {
    const longest = Math.min(longestCutMs, lastsMs * longestShare);
    const shortest = Math.min(minuteMs, longest / 4);
    const atMs = someMoment();
    const forMs = shortest * (longest / shortest) ** random.next();
    counted.cuts += links.length;
    time.at(atMs, () => {
      for (const link of links) link.cut(cause);
    });
    time.at(atMs + forMs, () => {
      for (const link of links) link.mend(cause);
    });
  };

  const cutsEach = random.next() * 8;
  for (const { link } of tablets) {
    for (let left = cutsEach; left > 0; left -= 1) if (random.chance(left)) cut([link], "own", 0.6);
  }
  for (const atGate of Map.groupBy(tablets, ({ gateId }) => gateId).values()) {
    if (random.chance(0.5))
      cut(
        atGate.map(({ link }) => link),
        "gate",
        0.4,
      );
  }
  if (random.chance(0.4))
    cut(
      tablets.map(({ link }) => link),
      "venue",
      0.15,
    );

  for (const { planCrash, deviceClock } of tablets) {
    for (let left = random.next() * 4; left > 0; left -= 1) {
      if (!random.chance(left)) continue;
      counted.crashes += 1;
      time.at(someMoment(), planCrash);
    }
    if (random.chance(0.3)) {
      counted.clocksSet += 1;
      const byMs = (random.next() * 2 - 1) * 10 * minuteMs;
      time.at(someMoment(), () => deviceClock.set(byMs));
    }
  }
  return counted;
}
