import type { Random } from "@tessera/chaos/random";
import type { VirtualTime } from "../time/virtual-time.ts";
import { type GateTablet, type LastWord, type Shown, TabletDied } from "./gate-tablet.ts";
import type { Seen, Visitor } from "./ticket.ts";
import type { Truth } from "./truth.ts";

/** Somebody in a queue. */
export type Waiting = {
  readonly visitor: Visitor;
  readonly direction: "in" | "out";
  /** At how many gates they were sent away before. */
  readonly tries: number;
  /** The tablet died with them in front of it. */
  interrupted: boolean;
};

export type StewardOptions = {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly truth: Truth;
  readonly wentThrough: (seen: Seen) => void;
  readonly sentAway: (waiting: Waiting, shown: Shown) => void;
};

/** Shares of what people do at a gate. */
const shares = {
  /** Lets in somebody whose identity document is not the holder's. */
  mistaken: 0.002,
  /** Of the rightful who were refused: a supervisor is called, and lets them in. */
  overridden: 0.3,
};

/** The person with one tablet, who serves a queue of people one after the other by what its screen says. */
export class Steward {
  readonly tablet: GateTablet;
  readonly #options: StewardOptions;
  readonly #queue: Waiting[] = [];
  /** The last scan that somebody was let through or sent away by. */
  #lastSeen = 0;
  #readAtMs = 0;
  #working = false;
  #gone = false;

  constructor(tablet: GateTablet, options: StewardOptions) {
    this.tablet = tablet;
    this.#options = options;
  }

  get queued(): number {
    return this.#gone ? Number.POSITIVE_INFINITY : this.#queue.length + Number(this.#working);
  }

  join(waiting: Waiting): void {
    this.#queue.push(waiting);
    this.wake();
  }

  /** The tablet runs again, or for the first time. */
  wake(): void {
    if (!this.#working && !this.#gone) void this.#work();
  }

  /** Their tablet is no more. Whoever waits is given back. */
  leave(): Waiting[] {
    this.#gone = true;
    return this.#queue.splice(0);
  }

  async #work(): Promise<void> {
    this.#working = true;
    while (!this.#gone && this.tablet.isReady) {
      const waiting = this.#queue.shift();
      if (waiting === undefined) break;
      try {
        await this.#serve(waiting);
      } catch (error) {
        if (!(error instanceof TabletDied)) throw error;
        waiting.interrupted = true;
        this.#queue.unshift(waiting);
        break;
      }
    }
    this.#working = false;
  }

  async #serve(waiting: Waiting): Promise<void> {
    const { time, random, truth } = this.#options;
    const { visitor, direction } = waiting;
    await time.wait(400 + random.next() * 800);
    this.#demandAlive();
    const said = this.#saidBefore(waiting);
    if (said?.through === true) {
      return this.#letThrough(waiting, { number: said.number, confirmed: false }, "verdict");
    }
    waiting.interrupted = false;
    const code = await visitor.showing.code(time.nowMs);
    const { id: tabletId, gateId } = this.tablet;
    const atMs = time.nowMs;
    this.#readAtMs = atMs;
    if (code !== null) truth.attempts.push({ code, tabletId, gateId, atMs });
    const shown = await this.#present(visitor, code, direction);
    if (shown === null) return;
    const { number, outcome, reason, confirmed } = shown;
    const screen = { tabletId, gateId, number, outcome, reason, confirmed };
    truth.presented.push({ visitor, direction, code, atMs, ...screen });
    if (outcome === "admit") return this.#letThrough(waiting, shown, "verdict");
    if (outcome === "check") return this.#look(waiting, shown);
    return this.#refuse(waiting, shown);
  }

  #present(visitor: Visitor, code: string | null, direction: "in" | "out"): Promise<Shown | null> {
    if (code !== null) return this.tablet.scan(code, direction);
    return visitor.ticket === null ? Promise.resolve(null) : this.tablet.search(visitor.ticket.reference, direction);
  }

  /** Compares the identity document, and presses what follows from it. */
  async #look(waiting: Waiting, shown: Shown): Promise<void> {
    const { time, random } = this.#options;
    await time.wait(2000 + random.next() * 6000);
    this.#demandAlive();
    const admit = waiting.direction === "out" || waiting.visitor.rightful || random.chance(shares.mistaken);
    await this.tablet.decide(shown.number, admit);
    if (admit) return this.#letThrough(waiting, shown, "look");
    this.#lastSeen = shown.number;
  }

  async #refuse(waiting: Waiting, shown: Shown): Promise<void> {
    const { time, random } = this.#options;
    await time.wait(800 + random.next() * 1500);
    this.#demandAlive();
    const { visitor, direction } = waiting;
    if (visitor.rightful && direction === "in" && random.chance(shares.overridden)) {
      if (await this.tablet.override(shown.number, true)) return this.#letThrough(waiting, shown, "override");
    }
    this.#lastSeen = shown.number;
    this.#options.sentAway(waiting, shown);
  }

  /** What the tablet said of somebody as it died, its screen says when it runs again. */
  #saidBefore({ interrupted }: Waiting): LastWord | null {
    const { lastWord } = this.tablet;
    return interrupted && lastWord !== null && lastWord.number > this.#lastSeen ? lastWord : null;
  }

  #letThrough(
    { visitor, direction }: Waiting,
    { number, confirmed }: Pick<Shown, "number" | "confirmed">,
    by: Seen["by"],
  ): void {
    const { id: tabletId, gateId } = this.tablet;
    const atMs = this.#options.time.nowMs;
    this.#lastSeen = number;
    this.#options.wentThrough({
      visitor,
      direction,
      tabletId,
      gateId,
      number,
      readAtMs: this.#readAtMs,
      atMs,
      confirmed,
      by,
    });
  }

  #demandAlive(): void {
    if (!this.tablet.isReady) throw new TabletDied();
  }
}
