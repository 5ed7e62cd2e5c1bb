import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";

/**
 * A number that no list had before, higher than all. A statement of its own: whoever reads after it knows all that had
 * been committed when it was given out. It follows the clock, and so it rises over a restored database as well.
 */
export async function takeListNumber(db: Kysely<Database>): Promise<number> {
  const { last } = await db
    .updateTable("list_number")
    .set({ last: sql`greatest(last + 1, floor(extract(epoch from clock_timestamp()) * 1000)::bigint)` })
    .returning("last")
    .executeTakeFirstOrThrow();
  return last;
}
