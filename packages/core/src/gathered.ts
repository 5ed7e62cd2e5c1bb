import { type Database, isOutage } from "@tessera/db";
import type { Kysely } from "kysely";
import { createBatchQueue } from "./batch-queue.ts";

/**
 * Gathers what is asked of one database in one moment into one statement. Nothing is kept between two. A transaction
 * gathers by itself.
 *
 * @param run asks for all of them, and answers each in its place. Where it fails each is asked for by itself, so that one
 * of many does not fail the others, unless it is the database that is away
 */
export function gathered<Item, Answer>(
  run: (db: Kysely<Database>, items: readonly Item[]) => Promise<readonly Answer[]>,
): (db: Kysely<Database>, item: Item) => Promise<Answer> {
  const queues = new WeakMap<Kysely<Database>, ReturnType<typeof createBatchQueue<Item, Answer>>>();
  return (db, item) => {
    const queue =
      queues.get(db) ?? createBatchQueue({ run: (items: readonly Item[]) => run(db, items), failsAll: isOutage });
    queues.set(db, queue);
    return queue.submit(item);
  };
}
