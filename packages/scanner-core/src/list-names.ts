import { isListOf, isObjectOf, isText } from "@tessera/pass";
import { listTables } from "./list-tables.ts";
import type { Change, NamesVault, Store } from "./ports.ts";

const isNames = isListOf(isText);
const isSealed = isObjectOf<{ sealed: Uint8Array }>({
  sealed: (value): value is Uint8Array => value instanceof Uint8Array,
});

/**
 * The holders' names of a list, kept apart from its tickets and sealed. While they are locked nobody is given any; names
 * that come meanwhile wait in memory until they can be sealed.
 */
export class ListNames {
  readonly #store: Store;
  #vault: NamesVault | null = null;
  readonly #open = new Map<string, readonly string[]>();
  readonly #unsealed = new Map<string, readonly string[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** By part; null while they are locked, or where they were lost. */
  readonly of = (key: string): readonly string[] | null =>
    this.#vault === null ? null : (this.#open.get(key) ?? null);

  /** The same in spite of the lock, where they have not left memory: for who puts parts together. */
  readonly inMemory = (key: string): readonly string[] | null => this.#open.get(key) ?? this.#unsealed.get(key) ?? null;

  /** What keeps a part's names; nothing while they are locked. To be written with the part. */
  async keep(key: string, names: readonly string[]): Promise<readonly Change[]> {
    if (this.#vault === null) {
      this.#unsealed.set(key, names);
      return [];
    }
    const sealed = await this.#vault.seal(new TextEncoder().encode(JSON.stringify(names)));
    this.#open.set(key, names);
    return [{ table: listTables.names, key, value: { sealed } }];
  }

  /** Opens the names of these parts. False: some were lost, and only a fresh list brings them. */
  async unlock(vault: NamesVault, keys: readonly string[]): Promise<boolean> {
    this.#vault = vault;
    const changes: Change[] = [];
    for (const [key, names] of this.#unsealed) if (keys.includes(key)) changes.push(...(await this.keep(key, names)));
    if (changes.length > 0) await this.#store.write(changes);
    this.#unsealed.clear();
    const opened = await Promise.all(keys.map((key) => this.#openOne(vault, key)));
    return opened.every(Boolean);
  }

  async #openOne(vault: NamesVault, key: string): Promise<boolean> {
    if (this.#open.has(key)) return true;
    const row = await this.#store.read(listTables.names, key);
    try {
      const names: unknown = isSealed(row) ? JSON.parse(new TextDecoder().decode(await vault.open(row.sealed))) : null;
      if (!isNames(names)) return false;
      this.#open.set(key, names);
      return true;
    } catch {
      // Sealed by a key that was wiped since.
      return false;
    }
  }

  lock(): void {
    this.#vault = null;
    this.#open.clear();
  }

  /** Forgets what parts are called that are no more. */
  retain(keys: ReadonlySet<string>): void {
    for (const names of [this.#open, this.#unsealed])
      for (const key of names.keys()) if (!keys.has(key)) names.delete(key);
  }

  /** Every name goes, also from the disk. */
  async forget(keys: readonly string[]): Promise<void> {
    this.lock();
    this.#unsealed.clear();
    await this.#store.write(keys.map((key) => ({ table: listTables.names, key, value: null })));
  }
}
