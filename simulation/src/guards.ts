import type { Database } from "@tessera/db";
import type { Store } from "@tessera/scanner-core";
import { type Kysely, sql } from "kysely";

/**
 * What can be taken out, to see that the checks find it. `journal`: a tablet forgets after a restart whom it let in.
 * `incidents`: the server keeps none. `passages`: the server counts everybody who went through, and no ticket's passage.
 */
export const guards = ["journal", "incidents", "passages"] as const;
export type Guard = (typeof guards)[number];

type Removal = {
  readonly store: (store: Store) => Store;
  readonly database: (ownerDb: Kysely<Database>) => Promise<void>;
};

const nothing: Removal = { store: (store) => store, database: async () => undefined };

/** The product has no switch for it: a tablet's disk is read wrongly, or rows that are written are dropped. */
const removals: Readonly<Record<Guard, Removal>> = {
  journal: {
    ...nothing,
    store: (store) => ({
      ...store,
      readAll: async (table) => (table === "journal" ? (await store.readAll(table)).slice(-1) : store.readAll(table)),
    }),
  },
  incidents: { ...nothing, database: (ownerDb) => dropRowsOf(ownerDb, "incident") },
  passages: { ...nothing, database: (ownerDb) => dropRowsOf(ownerDb, "passage") },
};

export const withoutGuard = (guard: Guard | null): Removal => (guard === null ? nothing : removals[guard]);

async function dropRowsOf(ownerDb: Kysely<Database>, table: string): Promise<void> {
  await sql`
    create function drop_row() returns trigger language plpgsql as 'begin return null; end'`.execute(ownerDb);
  await sql`
    create trigger drop_row before insert on ${sql.table(table)} for each row execute function drop_row()`.execute(
    ownerDb,
  );
}
