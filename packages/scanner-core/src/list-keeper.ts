import type { List } from "@tessera/contracts";
import { type KnownList, readList } from "./known-list.ts";
import type { DeviceClock } from "./ports.ts";
import { within } from "./within.ts";

const patienceMs = 30_000;
const longestIntervalMs = 60_000;
/** A list younger than this has nothing new to tell. */
const freshMs = 5000;

export type ListKeeperOptions = {
  readonly clock: DeviceClock;
  /** The server's time, unix milliseconds. */
  readonly nowMs: () => number;
  readonly fetch: (signal: AbortSignal) => Promise<List>;
  readonly closed: AbortSignal;
  /** Called after each try: with the server's time in the answer and when it was asked, or with null when none came. */
  readonly onFetched: (answer: { readonly answeredAtMs: number; readonly askedAtMs: number } | null) => void;
};

/** Keeps the newest list, and fetches the next one a minute after the last, or sooner if lists may not grow old. */
export class ListKeeper {
  readonly #options: ListKeeperOptions;
  #current: KnownList;
  #fetching: Promise<void> | null = null;
  #cancelNext = (): void => {};

  constructor(options: ListKeeperOptions, first: List) {
    this.#options = options;
    this.#current = readList(first);
    options.closed.addEventListener("abort", () => this.#cancelNext());
    this.#planNext();
  }

  get current(): KnownList {
    return this.#current;
  }

  /** Fetches the list now, if the one at hand may lack something; settles when that has worked or not. */
  refresh(): Promise<void> {
    if (this.#options.nowMs() - this.#current.madeAtMs < freshMs) return Promise.resolve();
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
      this.#planNext();
    });
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    const { clock, fetch, closed, onFetched } = this.#options;
    const askedAtMs = clock.monotonicMs();
    const list = await within(clock, patienceMs, closed, async (signal) => readList(await fetch(signal)));
    if (list === null) return onFetched(null);
    // A tablet never goes back to an older list.
    if (list.madeAtMs >= this.#current.madeAtMs) this.#current = list;
    onFetched({ answeredAtMs: list.answeredAtMs, askedAtMs });
  }

  #planNext(): void {
    this.#cancelNext();
    const { clock, closed } = this.#options;
    if (closed.aborted) return;
    const intervalMs = Math.max(freshMs, Math.min(longestIntervalMs, this.#current.policy.maxListAgeMs / 3));
    this.#cancelNext = clock.after(intervalMs, () => void this.refresh());
  }
}
