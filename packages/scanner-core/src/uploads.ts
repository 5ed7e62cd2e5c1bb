import { mostRecords, type SignedRecord, type TabletRecord } from "@tessera/contracts";
import { recordMessage, type Sign, toBase64url } from "@tessera/pass";
import type { Journal } from "./journal.ts";
import type { DeviceClock, Transport } from "./ports.ts";
import { within } from "./within.ts";

/** How long an upload may take. */
const patienceMs = 30_000;
/** After a failure, and after each further one. */
const pausesMs = [1000, 2000, 5000, 15_000, 60_000];

export type UploadsOptions = {
  readonly scannerId: string;
  readonly journal: Journal;
  readonly clock: DeviceClock;
  readonly transport: Pick<Transport, "upload">;
  readonly sign: Sign;
  readonly closed: AbortSignal;
  /** Called after each try: whether the server answered. */
  readonly onTried: (answered: boolean) => void;
};

/** Sends what was written down, the oldest first, again and again until the server has it. */
export class Uploads {
  readonly #options: UploadsOptions;
  #sending: Promise<void> | null = null;
  #failures = 0;
  #cancelNext = (): void => {};

  constructor(options: UploadsOptions) {
    this.#options = options;
    options.closed.addEventListener("abort", () => this.#cancelNext());
    options.journal.subscribe(() => {
      // While the server does not answer, only its turn or `now` tries again.
      if (this.#failures === 0) void this.now();
    });
  }

  /** Sends all that waits; settles when there is nothing left, or the server did not take it. */
  now(): Promise<void> {
    if (this.#options.closed.aborted) return Promise.resolve();
    this.#cancelNext();
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    const { journal, clock, closed, onTried } = this.#options;
    for (;;) {
      const waiting = journal.waiting(mostRecords);
      if (waiting.length === 0 || closed.aborted) return;
      const settled = await this.#send(waiting);
      onTried(settled !== null);
      this.#failures = settled ? 0 : this.#failures + 1;
      if (this.#failures === 0) continue;
      const pauseMs = pausesMs[Math.min(this.#failures, pausesMs.length) - 1] ?? 0;
      this.#cancelNext = clock.after(pauseMs, () => void this.now());
      return;
    }
  }

  /** How many of them need not be sent again; null without an answer. */
  async #send(records: readonly TabletRecord[]): Promise<number | null> {
    const { clock, transport, closed, journal } = this.#options;
    const signed = await Promise.all(records.map((record) => this.#sign(record)));
    const answer = await within(clock, patienceMs, closed, (signal) => transport.upload({ records: signed }, signal));
    if (answer === null) return null;
    return journal.settle(records, answer).catch(() => 0);
  }

  async #sign(record: TabletRecord): Promise<SignedRecord> {
    const body = JSON.stringify(record);
    const signature = await this.#options.sign(await recordMessage(this.#options.scannerId, body));
    return { body, signature: toBase64url(signature) };
  }
}
