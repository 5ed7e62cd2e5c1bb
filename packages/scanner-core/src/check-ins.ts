import type { DeviceClock } from "./ports.ts";

const usualMs = 15_000;
/** While two people wait for it, and while there is no contact. */
const eagerMs = 2000;

type CheckInsOptions = {
  readonly clock: DeviceClock;
  readonly closed: AbortSignal;
  /** Whether there is anything to check in as. */
  readonly isWanted: () => boolean;
  readonly isEager: () => boolean;
  readonly work: () => Promise<void>;
};

/** Does something now and again, one at a time. */
export class CheckIns {
  readonly #options: CheckInsOptions;
  #underWay: Promise<void> | null = null;
  #cancelNext = (): void => {};

  constructor(options: CheckInsOptions) {
    this.#options = options;
    options.closed.addEventListener("abort", () => this.#cancelNext());
  }

  /** At once, if it is not under way; settles when it is done. */
  now(): Promise<void> {
    const { isWanted, closed, work } = this.#options;
    if (!isWanted() || closed.aborted) return Promise.resolve();
    this.#underWay ??= work()
      // A disk that takes nothing more: the next time it may.
      .catch(() => undefined)
      .finally(() => {
        this.#underWay = null;
        this.#planNext();
      });
    return this.#underWay;
  }

  #planNext(): void {
    this.#cancelNext();
    const { clock, closed, isWanted, isEager } = this.#options;
    if (closed.aborted || !isWanted()) return;
    this.#cancelNext = clock.after(isEager() ? eagerMs : usualMs, () => void this.now());
  }
}
