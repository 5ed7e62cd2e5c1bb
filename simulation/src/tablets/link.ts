import type { Random } from "@tessera/chaos/random";
import { countWork } from "../time/real-work.ts";
import type { VirtualTime } from "../time/virtual-time.ts";

/** How bad a network is at its best: shares of all requests. */
export type LinkFaults = {
  /** A request or its answer gets lost on the way. */
  readonly lost: number;
  /** The request arrives once more, some time later. */
  readonly repeated: number;
  /** How much later at most, milliseconds. */
  readonly repeatedWithinMs: number;
  /** It takes seconds. */
  readonly slow: number;
};

/** One tablet's way to the server: cut by whoever cuts it, and unreliable while it is not. */
export class Link {
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #faults: LinkFaults;
  readonly #cuts = new Map<string, number>();
  #healed = false;

  constructor(time: VirtualTime, random: Random, faults: LinkFaults) {
    this.#time = time;
    this.#random = random;
    this.#faults = faults;
  }

  get isUp(): boolean {
    return this.#cuts.size === 0;
  }

  /** Cut for a cause until that cause is gone; the same cause may come again before. */
  cut(cause: string): void {
    if (!this.#healed) this.#cuts.set(cause, (this.#cuts.get(cause) ?? 0) + 1);
  }

  mend(cause: string): void {
    const left = (this.#cuts.get(cause) ?? 0) - 1;
    if (left > 0) this.#cuts.set(cause, left);
    else this.#cuts.delete(cause);
  }

  /** From now on nothing is cut and nothing lost. */
  heal(): void {
    this.#healed = true;
    this.#cuts.clear();
  }

  /**
   * Sends a request: it arrives once, not at all or twice, and so does its answer or nothing.
   *
   * @param arrive what the server does each time when it arrives
   * @param again what it does when it arrives once more, out of its time
   */
  send<Answer>(
    arrive: () => Promise<Answer>,
    signal: AbortSignal,
    again: () => Promise<unknown> = arrive,
  ): Promise<Answer> {
    const [time, random, faults] = [this.#time, this.#random, this.#faults];
    return new Promise<Answer>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("called off")), { once: true });
      if (!this.isUp) {
        // Some devices know that they have no network; others wait for nobody.
        if (random.chance(0.5)) time.after(5, () => reject(new Error("no network")));
        return;
      }
      if (this.#isLost()) return;
      const thereMs = this.#delayMs();
      if (!this.#healed && random.chance(faults.repeated)) {
        time.after(
          thereMs + random.next() ** 2 * faults.repeatedWithinMs,
          () => void countWork(again()).catch(() => undefined),
        );
      }
      const comeBack = (settle: () => void): void => {
        if (this.#isLost()) return;
        time.after(this.#delayMs(), () => {
          if (this.isUp) settle();
        });
      };
      time.after(thereMs, () => {
        if (!this.isUp) return;
        countWork(arrive()).then(
          (answer) => comeBack(() => resolve(answer)),
          (error: unknown) => comeBack(() => reject(error instanceof Error ? error : new Error(String(error)))),
        );
      });
    });
  }

  #isLost(): boolean {
    return !this.#healed && this.#random.chance(this.#faults.lost);
  }

  #delayMs(): number {
    const usual = 5 + this.#random.next() * 60;
    return !this.#healed && this.#random.chance(this.#faults.slow) ? usual + this.#random.next() * 3000 : usual;
  }
}
