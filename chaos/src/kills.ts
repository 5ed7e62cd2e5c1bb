import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "./random.ts";

export type Victim = "server" | "postgres";

/** When a kill is due: by seats granted so far while there are any, later by buyers who have been served. */
type Planned = { victim: Victim; seats: number } | { victim: Victim; served: number };

export type KillCounts = Record<Victim, number>;

/** Four fifths of them while seats remain. */
const shareOfEarly = 0.8;
/** Of the seats, by which the last of those is due. */
const lastEarly = 0.85;
/** Of the buyers, from which the first of the others is due. */
const firstLate = 0.5;

export function planKills(
  random: Random,
  { kills, seats, buyers }: { kills: KillCounts; seats: number; buyers: number },
): Planned[] {
  const all = Object.entries(kills).flatMap(([name, count]) =>
    Array.from({ length: count }, (): Victim => (name === "server" ? "server" : "postgres")),
  );
  const victims = random.shuffled(all);
  const early = Math.ceil(victims.length * shareOfEarly);
  const late = victims.length - early;
  return victims.map((victim, index) => {
    // Somewhere in its share of the way.
    if (index < early) return { victim, seats: Math.floor(((index + random.next()) / early) * lastEarly * seats) };
    const part = (index - early + random.next()) / late;
    return { victim, served: Math.floor((firstLate + part * (1 - firstLate)) * buyers) };
  });
}

export type Killer = {
  granted: (seats: number) => void;
  served: () => void;
  /** Resolves when nothing is being killed. */
  settled: () => Promise<void>;
  result: () => { kills: KillCounts; whileSeatsRemained: number; recoveriesMs: Record<Victim, number[]> };
};

/** Up to so long after it is due, so that a kill meets any moment of what is under way. */
const longestDelayMs = 40;

/**
 * Kills as planned, one after the other: the next is due only when somebody has been answered again.
 *
 * @param parts.kill ends the victim; its supervisor starts it again at once
 * @param parts.untilAnswered resolves with the first answer to a write through the server
 */
export function createKiller(parts: {
  plan: readonly Planned[];
  random: Random;
  kill: Record<Victim, () => Promise<void>>;
  untilAnswered: () => Promise<void>;
  seatsRemain: () => Promise<boolean>;
}): Killer {
  const waiting = [...parts.plan];
  const kills: KillCounts = { server: 0, postgres: 0 };
  const recoveriesMs: Record<Victim, number[]> = { server: [], postgres: [] };
  let [seats, served, whileSeatsRemained] = [0, 0, 0];
  let underWay: Promise<void> | undefined;

  const isDue = (kill: Planned): boolean => ("seats" in kill ? seats >= kill.seats : served >= kill.served);

  function look(): void {
    const [next] = waiting;
    if (underWay !== undefined || next === undefined || !isDue(next)) return;
    waiting.shift();
    underWay = strike(next.victim).finally(() => {
      underWay = undefined;
      look();
    });
  }

  async function strike(victim: Victim): Promise<void> {
    await delay(parts.random.next() * longestDelayMs);
    if (await parts.seatsRemain()) whileSeatsRemained += 1;
    const killedAt = performance.now();
    await parts.kill[victim]();
    kills[victim] += 1;
    await parts.untilAnswered();
    recoveriesMs[victim].push(performance.now() - killedAt);
  }

  return {
    granted(more) {
      seats += more;
      look();
    },
    served() {
      served += 1;
      look();
    },
    settled: () => underWay ?? Promise.resolve(),
    result: () => ({ kills, whileSeatsRemained, recoveriesMs }),
  };
}
