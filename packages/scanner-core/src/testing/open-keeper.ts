import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { ListPart, ListPartInput } from "@tessera/contracts";
import { openListKeeper } from "../list-keeper.ts";
import { openListTrust } from "../list-trust.ts";
import type { NamesVault, Store } from "../ports.ts";
import type { ListProblem } from "../take-list.ts";
import { createFakeClock } from "./fake-clock.ts";
import { competitionSessionId, createListServer } from "./list-server.ts";

export const startMs = Date.UTC(2028, 6, 15, 18);

/** A store in memory that may be told to die: what is written then never was. */
export function createMapStore() {
  const kept = new Map<string, Map<string | number, unknown>>();
  const store = {
    kept,
    /** How many writes still work. */
    writes: Infinity,
    /** All that is on disk, as text. */
    text: () => JSON.stringify([...kept].map(([table, rows]) => [table, [...rows]])),
    keys: (table: string) => [...(kept.get(table)?.keys() ?? [])],
    read: async (table: string, key: string | number) => structuredClone(kept.get(table)?.get(key)),
    readAll: async (table: string) => structuredClone([...(kept.get(table)?.values() ?? [])]),
    write: async (changes: Parameters<Store["write"]>[0]) => {
      if (store.writes <= 0) throw new Error("the disk is full");
      store.writes -= 1;
      for (const { table, key, value } of changes) {
        const rows = kept.get(table) ?? new Map<string | number, unknown>();
        kept.set(table, rows);
        if (value === null) rows.delete(key);
        else rows.set(key, structuredClone(value));
      }
    },
  };
  return store;
}

/** Seals by a key of its own. */
function createVault(): NamesVault {
  const key = randomBytes(32);
  return {
    seal: async (bytes) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      return new Uint8Array(Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]));
    },
    open: async (sealed) => {
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.slice(0, 12)).setAuthTag(sealed.slice(-16));
      return new Uint8Array(Buffer.concat([decipher.update(sealed.slice(12, -16)), decipher.final()]));
    },
  };
}

/** A tablet that was enrolled, its store, and the server that it asks. */
export async function openTablet() {
  const clock = createFakeClock(startMs);
  const server = createListServer(clock.wallMs);
  const store = createMapStore();
  await (await openListTrust(store)).pin(server.pinned);
  const vault = createVault();
  const problems: (ListProblem | null)[] = [];
  const answers: ((input: ListPartInput) => ListPart | Promise<ListPart>)[] = [];
  const closings: AbortController[] = [];
  return {
    clock,
    server,
    store,
    vault,
    /** What was wrong with each answer; null: nothing. */
    problems,
    /** Answers that come instead of the server's own. */
    answers,
    /** Starts the app, after it was killed if it ran, and fetches all that is new. */
    start: async (names: NamesVault | null = vault) => {
      for (const closing of closings) closing.abort();
      const closing = new AbortController();
      closings.push(closing);
      const trust = await openListTrust(store);
      const keeper = await openListKeeper({
        competitionSessionId,
        clock,
        store,
        trust,
        names,
        serverClock: { nowMs: clock.wallMs, inDoubt: () => false, learn: () => {} },
        fetch: async (input: ListPartInput) => (answers.shift() ?? server.answer)(input),
        closed: closing.signal,
        onFetched: ({ came, problem }) => void (came && problems.push(problem)),
      });
      await keeper.refresh();
      return { keeper, trust };
    },
  };
}
