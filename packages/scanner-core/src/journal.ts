import type { Outcome, TabletRecord, Uploaded } from "@tessera/contracts";
import {
  type Decision,
  type Entry,
  isEntry,
  isScan,
  journalTable,
  type LastWord,
  type NewRecord,
  type OwnPassage,
  type ScanEntry,
  toPassage,
} from "./journal-entries.ts";
import type { Store } from "./ports.ts";

/** How long a record that the server has stays: until then the list may not know of it. */
const keptMs = 36 * 3_600_000;

/**
 * What the tablet has written down, before anybody saw what it said. Numbers rise without a gap over every restart, since a
 * number is on disk before it is used. Who went in and out here is read from it, so that a copy is refused here however
 * often the app was killed.
 */
export class Journal {
  readonly #store: Store;
  readonly #entries = new Map<number, Entry>();
  readonly #waiting = new Map<number, Entry>();
  readonly #decisions = new Map<number, Decision>();
  /** By ticket, the numbers of its scans here. */
  readonly #scansOf = new Map<string, Set<number>>();
  readonly #overrides = new Map<string, number>();
  readonly #admitted = new Map<string, number>();
  readonly #lastWord: LastWord | null;
  #last = 0;
  #open = 0;
  #refused = 0;
  #writing: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  /** Use `openJournal`. */
  constructor(store: Store, entries: readonly Entry[]) {
    this.#store = store;
    for (const entry of entries) this.#put(entry);
    this.#lastWord = this.#wordOf(this.#last);
  }

  /**
   * What was written down last before the app began: whoever stood there may not have seen it. Null if there is nothing, the
   * screen had said nothing, or something else has been written since.
   */
  get lastWord(): LastWord | null {
    return this.#wordOf(this.#last)?.number === this.#lastWord?.number ? this.#lastWord : null;
  }

  /** Calls back when something was written. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How many records only the tablet has. */
  get queued(): number {
    return this.#waiting.size + this.#open;
  }

  /** How many the server will never take. */
  get refused(): number {
    return this.#refused;
  }

  /** Writes a record under the next number; it is on disk when this resolves. */
  append(record: NewRecord, { state, subject }: Pick<Entry, "state" | "subject">): Promise<Entry> {
    return this.#alone(async () => {
      const entry: Entry = { record: { ...record, number: this.#last + 1 }, state, subject };
      await this.#write([entry]);
      return entry;
    });
  }

  /** Writes an open record as it will be for good. Where that fails it stays as it is on disk, and said nothing. */
  close(entry: Entry): Promise<void> {
    return this.#alone(async () => {
      try {
        await this.#write([{ ...entry, state: "kept" }]);
      } catch (error) {
        const before = this.#entries.get(entry.record.number);
        if (before !== undefined) this.#put({ ...before, state: "kept" });
        throw error;
      }
    });
  }

  /** The oldest records that wait for the server. */
  waiting(most: number): readonly TabletRecord[] {
    return [...this.#waiting.values()].slice(0, most).map(({ record }) => record);
  }

  /**
   * What the server said of an upload. What it refuses for good is set aside; what it says nothing of is sent again.
   *
   * @param sent the records of the upload, in its order
   * @returns how many of them need not be sent again
   */
  settle(sent: readonly TabletRecord[], { taken, refused }: Uploaded): Promise<number> {
    return this.#alone(async () => {
      // A torn record came to harm on its way: the next try brings it whole.
      const lost = new Set(refused.filter(({ why }) => why !== "torn").map(({ index }) => sent[index]?.number));
      const isTaken = new Set(taken);
      const settled = sent.flatMap(({ number }): Entry[] => {
        const entry = this.#waiting.get(number);
        if (entry === undefined) return [];
        if (isTaken.has(number)) return [{ ...entry, state: "taken" }];
        return lost.has(number) ? [{ ...entry, state: "refused" }] : [];
      });
      if (settled.length > 0) await this.#write(settled);
      return settled.length;
    });
  }

  /** Forgets what the server has had for long, but for the newest record: the next number follows from it. */
  prune(nowMs: number): Promise<void> {
    return this.#alone(async () => {
      const old = [...this.#entries.values()].filter(
        ({ record, state }) =>
          state === "taken" && record.number !== this.#last && nowMs - Date.parse(record.at) > keptMs,
      );
      if (old.length === 0) return;
      await this.#store.write(old.map(({ record }) => ({ table: journalTable, key: record.number, value: null })));
      for (const { record } of old) this.#entries.delete(record.number);
    });
  }

  /** What the screen said of a scan; null if nothing, or there is no such scan. */
  shownOn(scan: number): Outcome | null {
    const record = this.#entries.get(scan)?.record;
    return record?.kind === "scan" ? record.shown : null;
  }

  /** What a person has decided last about a scan; null if nothing. */
  decisionOn(scan: number): Decision | null {
    return this.#decisions.get(scan) ?? null;
  }

  /** Who went through here with a ticket, in the order of the scans. */
  passagesOf(ticketId: string): readonly OwnPassage[] {
    return [...(this.#scansOf.get(ticketId) ?? [])].flatMap((number) => this.#passageOf(number) ?? []);
  }

  /**
   * Scans of a ticket about which the screen said nothing, since the app was killed while the server was asked. Whether it had
   * said yes, nobody at the gate knows.
   */
  unsaidOf(ticketId: string): readonly OwnPassage[] {
    return [...(this.#scansOf.get(ticketId) ?? [])].flatMap((number) => {
      const entry = this.#scan(number);
      return entry?.record.shown === null && !this.#decisions.has(number) ? toPassage(entry, true) : [];
    });
  }

  /** Tickets that somebody showed here. */
  tickets(): Iterable<string> {
    return this.#scansOf.keys();
  }

  /** How many people went in here for one competition session, as far as the tablet remembers. */
  admitted(competitionSessionId: string): number {
    return this.#admitted.get(competitionSessionId) ?? 0;
  }

  /** How many times in a shift somebody was let in or sent away against the screen. */
  overridesIn(shiftId: string): number {
    return this.#overrides.get(shiftId) ?? 0;
  }

  #passageOf(number: number): OwnPassage | null {
    const entry = this.#scan(number);
    if (entry === undefined || !this.#wentThrough(entry)) return null;
    return toPassage(entry, entry.subject.byHand || this.#decisions.get(number)?.override === true);
  }

  #wentThrough({ record: { number, shown } }: ScanEntry): boolean {
    return this.#decisions.get(number)?.admit ?? shown === "admit";
  }

  #scan(number: number): ScanEntry | undefined {
    const entry = this.#entries.get(number);
    return entry !== undefined && isScan(entry) ? entry : undefined;
  }

  /** The scan that a record is, or is a decision about. */
  #wordOf(number: number): LastWord | null {
    const record = this.#entries.get(number)?.record;
    const entry = this.#scan(record?.kind === "decision" ? record.scan : number);
    if (entry === undefined || entry.record.shown === null) return null;
    const { competitionSessionId, gateId, direction } = entry.record;
    const { ticketId, atMs } = entry.subject;
    const through = this.#wentThrough(entry);
    return { number: entry.record.number, competitionSessionId, gateId, direction, ticketId, atMs, through };
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    await this.#store.write(entries.map((entry) => ({ table: journalTable, key: entry.record.number, value: entry })));
    for (const entry of entries) this.#put(entry);
  }

  #put(entry: Entry): void {
    const { record, state, subject } = entry;
    const { number } = record;
    const before = this.#entries.get(number);
    const scan = record.kind === "decision" ? record.scan : number;
    const wentIn = this.#isIn(scan);
    this.#open += Number(state === "open") - Number(before?.state === "open");
    this.#refused += Number(state === "refused") - Number(before?.state === "refused");
    if (state === "kept") this.#waiting.set(number, entry);
    else this.#waiting.delete(number);
    this.#entries.set(number, entry);
    this.#last = Math.max(this.#last, number);
    if (record.kind === "decision" && before === undefined) {
      this.#decisions.set(record.scan, record);
      if (record.override) this.#overrides.set(record.shiftId, this.overridesIn(record.shiftId) + 1);
    }
    const ticketId = subject?.ticketId ?? null;
    if (ticketId !== null) this.#scansOf.set(ticketId, (this.#scansOf.get(ticketId) ?? new Set()).add(number));
    const about = this.#entries.get(scan)?.record;
    if (about?.kind !== "scan") return;
    const more = Number(this.#isIn(scan)) - Number(wentIn);
    this.#admitted.set(about.competitionSessionId, this.admitted(about.competitionSessionId) + more);
  }

  readonly #isIn = (number: number): boolean => this.#passageOf(number)?.direction === "in";

  /** One write after the other, so that numbers rise in the order in which they are on disk. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#writing.then(work);
    this.#writing = result.then(
      () => {
        for (const listener of this.#listeners) listener();
      },
      () => undefined,
    );
    return result;
  }
}

/**
 * Opens what was written. A scan that was open when the app was killed said nothing to anybody: it goes to the server as
 * such.
 */
export async function openJournal(store: Store): Promise<Journal> {
  const found = (await store.readAll(journalTable)).filter(isEntry);
  const open = found.filter(({ state }) => state === "open");
  const entries = found.map((entry): Entry => (entry.state === "open" ? { ...entry, state: "kept" } : entry));
  if (open.length > 0) {
    await store.write(
      open.map((entry) => ({ table: journalTable, key: entry.record.number, value: { ...entry, state: "kept" } })),
    );
  }
  return new Journal(store, entries);
}
