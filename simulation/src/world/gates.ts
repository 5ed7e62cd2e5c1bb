import type { Random } from "@tessera/chaos/random";
import { homeOf, type Venue } from "../stage/venue.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { GateTablet, Shown } from "./gate-tablet.ts";
import { Steward, type Waiting } from "./steward.ts";
import type { Seen, Visitor } from "./ticket.ts";
import type { Truth } from "./truth.ts";

/** Whoever was sent away so often gives up. */
const mostTries = 3;

/** All gates with their queues: people join the shortest, go out, come back, and try elsewhere when they are sent away. */
export class Gates {
  readonly stewards: readonly Steward[];
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #truth: Truth;
  readonly #venue: Venue;
  readonly #staysMs: number;
  readonly #triesAgainMs: number;

  /**
   * @param given.staysMs how long people stay inside who go out before the end
   * @param given.triesAgainMs after how long whoever was sent away comes to another gate, at most
   */
  constructor(
    tablets: readonly GateTablet[],
    given: { time: VirtualTime; random: Random; truth: Truth; venue: Venue; staysMs: number; triesAgainMs: number },
  ) {
    this.#time = given.time;
    this.#random = given.random;
    this.#truth = given.truth;
    this.#venue = given.venue;
    this.#staysMs = given.staysMs;
    this.#triesAgainMs = given.triesAgainMs;
    this.stewards = tablets.map(
      (tablet) =>
        new Steward(tablet, {
          ...given,
          wentThrough: (seen) => this.#wentThrough(seen),
          sentAway: (waiting, shown) => this.#sentAway(tablet, waiting, shown),
        }),
    );
  }

  /** Nobody waits at any gate. */
  get areEmpty(): boolean {
    return this.stewards.every(({ queued }) => queued === 0 || queued === Number.POSITIVE_INFINITY);
  }

  /** Somebody comes to a gate, now. */
  arrive(
    visitor: Visitor,
    gateId: string,
    { direction = "in", tries = 0 }: Partial<Omit<Waiting, "visitor">> = {},
  ): void {
    const [shortest] = this.stewards
      .filter(({ tablet }) => tablet.gateId === gateId)
      .toSorted((a, b) => a.queued - b.queued);
    shortest?.join({ visitor, direction, tries, interrupted: false });
  }

  /** A tablet is stolen: whoever waited for it joins another queue. */
  lose(tabletId: string): void {
    const steward = this.stewards.find(({ tablet }) => tablet.id === tabletId);
    for (const { visitor, ...waiting } of steward?.leave() ?? []) {
      this.arrive(visitor, steward?.tablet.gateId ?? "", waiting);
    }
  }

  #wentThrough(seen: Seen): void {
    this.#truth.note(seen);
    const [random, time] = [this.#random, this.#time];
    const { visitor, direction } = seen;
    const goesOut = this.#venue.policy.reentry === "after_exit" ? 0.3 : 0.05;
    const comesBack = this.#venue.policy.reentry === "after_exit" ? 0.8 : 0.2;
    if (!visitor.rightful || !random.chance(direction === "in" ? goesOut : comesBack)) return;
    const gateId = random.pick(this.#gatesFor(visitor)).id;
    const back = direction === "in" ? "out" : "in";
    time.after(this.#staysMs * (0.05 + random.next()), () => this.arrive(visitor, gateId, { direction: back }));
  }

  #sentAway({ id: tabletId, gateId, isOnline: online }: GateTablet, waiting: Waiting, shown: Shown): void {
    const { visitor, direction, tries } = waiting;
    const { number, reason, confirmed } = shown;
    const atMs = this.#time.nowMs;
    this.#truth.refusals.push({ visitor, direction, tabletId, gateId, number, atMs, reason, confirmed, online });
    const { ticket } = visitor;
    if (ticket === null || tries >= mostTries || !this.#random.chance(visitor.rightful ? 0.9 : 0.3)) return;
    const next = reason === "wrong_gate" ? homeOf(this.#venue, ticket) : this.#random.pick(this.#gatesFor(visitor));
    this.#time.after((0.2 + 0.8 * this.#random.next()) * this.#triesAgainMs, () =>
      this.arrive(visitor, next.id, { direction, tries: tries + 1 }),
    );
  }

  #gatesFor({ ticket }: Visitor): Venue["gates"] {
    return ticket === null ? this.#venue.gates : this.#venue.gates.filter(({ zones }) => zones.includes(ticket.zone));
  }
}
