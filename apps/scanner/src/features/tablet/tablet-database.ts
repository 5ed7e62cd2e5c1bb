import type { Change, Store } from "@tessera/scanner-core";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** Which table of the scanner's, and which record of it: numbers before texts, in their order. */
type RecordKey = [table: string, key: string | number];

/** One object store for all tables: the scanner has new ones without a new version of the database. */
interface TabletDatabase extends DBSchema {
  records: { key: RecordKey; value: unknown };
}

const name = "tessera-tablet";

/** Why nothing can be written any more. `full`: no space left on the device; `lost`: the browser has closed or deleted it. */
export type StorageFailure = "full" | "lost";

/**
 * What the tablet writes down, in IndexedDB. A write is on disk when it resolves (strict durability), or did not happen at
 * all. Keys of WebCrypto are kept as they are, without anybody having seen them.
 *
 * @param onFailure called when records can no longer be written: whoever scans on would scan for nothing
 * @throws DOMException where the browser keeps nothing (private window, no space)
 */
export async function openTabletStore(onFailure: (failure: StorageFailure) => void): Promise<Store> {
  const db: IDBPDatabase<TabletDatabase> = await openDB<TabletDatabase>(name, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore("records");
    },
    // Somebody deletes it, or a later build changes it: this page is in the way, and of no use without it.
    blocking: () => {
      db.close();
      onFailure("lost");
    },
    terminated: () => onFailure("lost"),
  });

  return {
    read: (table, key) => db.get("records", [table, key]),
    // An array is after every number and text: this is the whole table.
    readAll: (table) => db.getAll("records", IDBKeyRange.bound([table], [table, []])),
    write: async (changes) => {
      try {
        await writeAll(db, changes);
      } catch (error) {
        onFailure(error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "lost");
        throw error;
      }
    },
  };
}

async function writeAll(db: IDBPDatabase<TabletDatabase>, changes: readonly Change[]): Promise<void> {
  const transaction = db.transaction("records", "readwrite", { durability: "strict" });
  try {
    for (const { table, key, value } of changes) {
      const written =
        value === null ? transaction.store.delete([table, key]) : transaction.store.put(value, [table, key]);
      // What is wrong with one is wrong with all, and their transaction says it.
      written.catch(() => {});
    }
  } catch (error) {
    // What cannot be copied is refused before the transaction hears of it: the others must not be written without it.
    transaction.abort();
    await transaction.done.catch(() => {});
    throw error;
  }
  await transaction.done;
}
