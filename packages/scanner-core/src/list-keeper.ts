import type { List } from "@tessera/contracts";
import type { KnownList } from "./known-list.ts";
import type { ListTrust } from "./list-trust.ts";
import type { DeviceClock } from "./ports.ts";
import type { ServerClock } from "./server-clock.ts";
import { type ListProblem, takeList } from "./take-list.ts";
import { within } from "./within.ts";

const patienceMs = 30_000;
const longestIntervalMs = 60_000;
/** A list younger than this has nothing new to tell. */
const freshMs = 5000;

export type ListKeeperOptions = {
  readonly competitionSessionId: string;
  readonly clock: DeviceClock;
  readonly trust: ListTrust;
  readonly serverClock: ServerClock;
  readonly fetch: (signal: AbortSignal) => Promise<List>;
  readonly closed: AbortSignal;
  /** Called after each try: whether an answer came, and what was wrong with it. */
  readonly onFetched: (answer: { readonly came: boolean; readonly problem: ListProblem | null }) => void;
};

/** Keeps the newest list, and fetches the next one a minute after the last, or sooner if lists may not grow old. */
export class ListKeeper {
  readonly #options: ListKeeperOptions;
  #current: KnownList;
  #fetching: Promise<void> | null = null;
  #cancelNext = (): void => {};

  constructor(options: ListKeeperOptions, first: KnownList) {
    this.#options = options;
    this.#current = first;
    options.closed.addEventListener("abort", () => this.#cancelNext());
    this.#planNext();
  }

  get current(): KnownList {
    return this.#current;
  }

  /** Fetches the list now, if the one at hand may lack something; settles when that has worked or not. */
  refresh(): Promise<void> {
    if (this.#options.serverClock.nowMs() - this.#current.madeAtMs < freshMs) return Promise.resolve();
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
      this.#planNext();
    });
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    const { clock, fetch, closed, onFetched, serverClock, ...wanted } = this.#options;
    const askedAtMs = clock.monotonicMs();
    const taken = await within(clock, patienceMs, closed, async (signal) => {
      const signed = await fetch(signal);
      return takeList(signed, { ...wanted, nowMs: serverClock.inDoubt() ? null : serverClock.nowMs() });
    });
    if (taken?.ok === true) {
      this.#current = taken.list;
      serverClock.learn(taken.list.answeredAtMs, askedAtMs);
    }
    onFetched({ came: taken !== null, problem: taken?.ok === false ? taken.problem : null });
  }

  #planNext(): void {
    this.#cancelNext();
    const { clock, closed } = this.#options;
    if (closed.aborted) return;
    const intervalMs = Math.max(freshMs, Math.min(longestIntervalMs, this.#current.policy.maxListAgeMs / 3));
    this.#cancelNext = clock.after(intervalMs, () => void this.refresh());
  }
}
