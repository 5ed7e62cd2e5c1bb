import { randomBytes, randomUUID } from "node:crypto";
import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";

/** Accounts that nobody signs in to, in one statement: registered one by one, a crowd takes longer than what it is for. */
export async function insertBuyers(db: Kysely<Database>, count: number): Promise<{ accountId: string }[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await sql`
    insert into account (id, email, display_name, locale, role, password_hash, sealed_account_key, created_at)
    select id, id || '@buyers.test', 'A Buyer', 'fr', 'visitor', 'unusable', ${randomBytes(77)}, now()
    from unnest(${ids}::uuid[]) as id`.execute(db);
  return ids.map((accountId) => ({ accountId }));
}
