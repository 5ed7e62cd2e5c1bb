import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { createBatchQueue } from "../../sales/batch-queue.ts";
import { type AuthSessionKey, findAuthSessions } from "./auth-session-lookups.queries.ts";
import type { AuthSessionWithAccount } from "./auth-sessions.queries.ts";

/** Finds auth sessions: those of one moment together. Nothing is kept, and so one that has ended is unknown at once. */
export type AuthSessionLookups = { find(key: AuthSessionKey): Promise<AuthSessionWithAccount | undefined> };

export function createAuthSessionLookups({ db }: { db: Kysely<Database> }): AuthSessionLookups {
  const queue = createBatchQueue({
    run: async (keys: readonly AuthSessionKey[]) => {
      const found = await findAuthSessions(db, keys);
      return keys.map((_, place) => ({ authSession: found.get(place) }));
    },
    // No key is wrong by itself: it is the database that is away.
    failsAll: () => true,
  });
  return { find: async (key) => (await queue.submit(key)).authSession };
}
