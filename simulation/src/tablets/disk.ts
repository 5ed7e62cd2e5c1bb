import type { Random } from "@tessera/chaos/random";
import type { Change, Store } from "@tessera/scanner-core";
import type { VirtualTime } from "../time/virtual-time.ts";

type Key = string | number;

/** Where the app dies at a write: with it on disk and nobody told, or before it got there. */
type Death = { left: number; readonly keepsIt: boolean };

/**
 * A tablet's disk, which outlives its app. Writes take milliseconds, come one after the other, and are all or nothing. At a
 * chosen write the app dies.
 */
export class Disk {
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #tables = new Map<string, Map<Key, unknown>>();
  #freeAtMs = 0;
  #death: Death | null = null;

  constructor(time: VirtualTime, random: Random) {
    this.#time = time;
    this.#random = random;
  }

  /** The app will die at one of its next writes. */
  planDeath(withinWrites: number): void {
    this.#death = { left: Math.floor(this.#random.next() * withinWrites), keepsIt: this.#random.chance(0.5) };
  }

  cancelDeath(): void {
    this.#death = null;
  }

  /** The row of a table with the highest number; null while it has none. */
  last(table: string): { readonly number: number; readonly value: unknown } | null {
    const rows = this.#tables.get(table) ?? new Map<Key, unknown>();
    const number = Math.max(0, ...[...rows.keys()].filter((key) => typeof key === "number"));
    return number === 0 ? null : { number, value: rows.get(number) };
  }

  /** What one run of the app uses: once it is dead it reads nothing and writes nothing. */
  mount(isAlive: () => boolean, die: () => void): Store {
    const never = <Result>(): Promise<Result> => new Promise(() => {});
    return {
      read: async (table, key) => (isAlive() ? structuredClone(this.#tables.get(table)?.get(key)) : never<unknown>()),
      readAll: async (table) => {
        if (!isAlive()) return never<readonly unknown[]>();
        const entries = [...(this.#tables.get(table) ?? [])].toSorted(([a], [b]) => compareKeys(a, b));
        return entries.map(([, value]) => structuredClone(value));
      },
      write: async (changes) => {
        const copied = changes.map((change) => ({ ...change, value: structuredClone(change.value) }));
        await this.#turn();
        if (!isAlive()) return never();
        if (this.#dies()) {
          if (this.#death?.keepsIt === true) this.#apply(copied);
          this.#death = null;
          die();
          return never();
        }
        this.#apply(copied);
      },
    };
  }

  #turn(): Promise<void> {
    this.#freeAtMs = Math.max(this.#freeAtMs, this.#time.nowMs) + 1 + this.#random.next() * 3;
    return new Promise((resolve) => {
      this.#time.at(this.#freeAtMs, resolve);
    });
  }

  #dies(): boolean {
    if (this.#death === null) return false;
    this.#death.left -= 1;
    return this.#death.left < 0;
  }

  #apply(changes: readonly Change[]): void {
    for (const { table, key, value } of changes) {
      const rows = this.#tables.get(table) ?? new Map<Key, unknown>();
      this.#tables.set(table, rows);
      if (value === null) rows.delete(key);
      else rows.set(key, value);
    }
  }
}

/** As IndexedDB orders them: numbers first. */
function compareKeys(a: Key, b: Key): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === typeof b) return a < b ? -1 : Number(a > b);
  return typeof a === "number" ? -1 : 1;
}
