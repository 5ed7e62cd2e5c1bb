import type { AuthState, Ticket } from "@tessera/contracts";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { keyUnlessOld, keyWithoutPass } from "./device-keys-left.ts";
import type { DeviceKey } from "./device-keys.ts";

/** What the server last said: whose account this is, and the tickets in it. */
export type KeptTickets = {
  readonly auth: Extract<AuthState, { state: "signed_in" }>;
  readonly tickets: Ticket[];
  /** Milliseconds since 1970, by this device's clock. */
  readonly readAtMs: number;
};

interface TicketDatabase extends DBSchema {
  keys: { key: string; value: DeviceKey };
  /** One record. */
  kept: { key: "mine"; value: KeptTickets };
}

const name = "tessera-tickets";
const version = 2;

let opened: Promise<IDBPDatabase<TicketDatabase>> | null = null;

function database(): Promise<IDBPDatabase<TicketDatabase>> {
  if (opened !== null) return opened;
  const forget = (): void => {
    opened = null;
  };
  const opening = openDB<TicketDatabase>(name, version, {
    upgrade: (db, from) => {
      if (from < 1) db.createObjectStore("keys", { keyPath: "ticketId" });
      if (from < 2) db.createObjectStore("kept");
    },
    blocking: (_from, _to, event) => {
      forget();
      if (event.target instanceof IDBDatabase) event.target.close();
    },
    terminated: forget,
  }).catch((error: unknown) => {
    // Without network the page may be of an older build than the one that was here last. What it knows is still there.
    if (error instanceof DOMException && error.name === "VersionError") return openDB<TicketDatabase>(name);
    throw error;
  });
  opened = opening;
  // An opening that failed (no space, private window) must be tried anew, not remembered.
  opening.catch(forget);
  return opening;
}

/** The keys and passes of this device, by ticket. */
export async function readDeviceKeys(): Promise<ReadonlyMap<string, DeviceKey>> {
  const keys = await (await database()).getAll("keys");
  return new Map(keys.map((key) => [key.ticketId, key]));
}

/** Writes with strict durability: an activation that the browser forgets would leave a ticket that nobody can show. */
export async function writeDeviceKey(key: DeviceKey): Promise<void> {
  const transaction = (await database()).transaction("keys", "readwrite", { durability: "strict" });
  await Promise.all([transaction.store.put(key), transaction.done]);
}

/** What was written last; undefined where there is nothing. */
export async function readKeptTickets(): Promise<KeptTickets | undefined> {
  return (await database()).get("kept", "mine");
}

export async function writeKeptTickets(kept: KeptTickets): Promise<void> {
  await (await database()).put("kept", kept, "mine");
}

/**
 * The owner has signed out: tickets and passes go. The keys stay, by ticket and without a name, so that coming back is no
 * move; alone they show no code, and a pass needs the account with its second factor.
 */
export async function leaveKeysOnly(): Promise<void> {
  await changeKeys(keyWithoutPass, "forget tickets");
}

/** Drops the keys of competition sessions that are long over. */
export async function dropOldKeys(): Promise<void> {
  await changeKeys(keyUnlessOld, "keep tickets");
}

type KeyChange = (key: DeviceKey, ticket: Ticket | undefined, nowMs: number) => DeviceKey | null;

async function changeKeys(change: KeyChange, then: "keep tickets" | "forget tickets"): Promise<void> {
  const transaction = (await database()).transaction(["keys", "kept"], "readwrite", { durability: "strict" });
  const [keys, kept] = [transaction.objectStore("keys"), transaction.objectStore("kept")];
  const [known, mine] = await Promise.all([keys.getAll(), kept.get("mine")]);
  const tickets = new Map(mine?.tickets.map((ticket) => [ticket.id, ticket]));
  const nowMs = Date.now();
  await Promise.all([
    ...known.map(async (key) => {
      const next = change(key, tickets.get(key.ticketId), nowMs);
      if (next === null) await keys.delete(key.ticketId);
      else if (next !== key) await keys.put(next);
    }),
    then === "forget tickets" && kept.clear(),
    transaction.done,
  ]);
}

/** The owner is gone for good: tickets, passes and keys go. */
export async function emptyTicketDatabase(): Promise<void> {
  const transaction = (await database()).transaction(["keys", "kept"], "readwrite", { durability: "strict" });
  await Promise.all([
    transaction.objectStore("keys").clear(),
    transaction.objectStore("kept").clear(),
    transaction.done,
  ]);
}
