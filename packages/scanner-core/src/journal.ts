import type { Direction, TabletRecord, Uploaded } from "@tessera/contracts";
import type { Store } from "./ports.ts";

/** The table of the store that records are kept in, by their number. */
export const journalTable = "journal";

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
/** A record before it has its number. */
export type NewRecord = DistributiveOmit<TabletRecord, "number">;

/**
 * One record as the tablet keeps it. `open`: the screen has not said anything yet, and may still change it; `kept`: it is
 * as it will be for good, and waits for the server; `taken`: the server has it; `refused`: it will never take it.
 */
export type Entry = {
  readonly record: TabletRecord;
  readonly state: "open" | "kept" | "taken" | "refused";
  /** Whose passage it is, or would be; null where no ticket is known. */
  readonly ticketId: string | null;
  /** No code proved it. */
  readonly byHand: boolean;
};

/** How long a record that the server has stays: until then the list may not know of it. */
const keptMs = 36 * 3_600_000;

/** Somebody who went through at this tablet. */
export type OwnPassage = {
  /** Null where no ticket was known. */
  readonly ticketId: string | null;
  readonly competitionSessionId: string;
  readonly direction: Direction;
  readonly gateId: string;
  readonly atMs: number;
  readonly byHand: boolean;
};

/** What a person has decided about a scan. */
export type Decision = { readonly admit: boolean; readonly override: boolean };

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
  #last = 0;
  #open = 0;
  #refused = 0;
  #writing: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  /** Use `openJournal`. */
  constructor(store: Store, entries: readonly Entry[]) {
    this.#store = store;
    for (const entry of entries) this.#put(entry);
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
  append(record: NewRecord, facts: Pick<Entry, "state" | "ticketId" | "byHand">): Promise<Entry> {
    return this.#alone(async () => {
      const entry: Entry = { record: { ...record, number: this.#last + 1 }, ...facts };
      await this.#write([entry]);
      return entry;
    });
  }

  /** Writes an open record as it will be for good. */
  close(entry: Entry): Promise<void> {
    return this.#alone(() => this.#write([{ ...entry, state: "kept" }]));
  }

  /** The oldest records that wait for the server. */
  waiting(most: number): readonly TabletRecord[] {
    return [...this.#waiting.values()].slice(0, most).map(({ record }) => record);
  }

  /**
   * What the server said of an upload. What it refuses for good is set aside; what it says nothing of is sent again.
   *
   * @param sent the records of the upload, in its order
   * @returns how many of them wait no more
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
      const entry = this.#entries.get(number);
      const isUnsaid = entry?.record.kind === "scan" && entry.record.shown === null && !this.#decisions.has(number);
      return isUnsaid ? (toPassage(entry, true) ?? []) : [];
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
    const entry = this.#entries.get(number);
    if (entry?.record.kind !== "scan") return null;
    const { record, byHand } = entry;
    const decision = this.#decisions.get(number);
    if (!(decision === undefined ? record.shown === "admit" : decision.admit)) return null;
    return toPassage(entry, byHand || decision?.override === true);
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    await this.#store.write(entries.map((entry) => ({ table: journalTable, key: entry.record.number, value: entry })));
    for (const entry of entries) this.#put(entry);
  }

  #put(entry: Entry): void {
    const { record, state, ticketId } = entry;
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
    if (record.kind === "scan" && ticketId !== null) {
      const scans = this.#scansOf.get(ticketId) ?? new Set();
      this.#scansOf.set(ticketId, scans.add(number));
    }
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

function toPassage({ record, ticketId }: Entry, byHand: boolean): OwnPassage | null {
  if (record.kind !== "scan") return null;
  const { direction, gateId, at, competitionSessionId } = record;
  return { ticketId, competitionSessionId, direction, gateId, atMs: Date.parse(at), byHand };
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && "record" in value && "state" in value;

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
