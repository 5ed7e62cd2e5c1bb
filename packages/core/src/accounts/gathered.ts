import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

/**
 * Gathers what is asked of one database in one moment into one statement: whoever comes alone waits for nobody, and of a
 * crowd that is answered together each next question is one again. A transaction gathers by itself.
 *
 * @param run asks for all of them, and gives what answers each. Where it fails each is asked for by itself, so that one of
 * many does not fail the others
 */
export function gathered<Item, Answer>(
  run: (db: Kysely<Database>, items: readonly Item[]) => Promise<(item: Item) => Answer>,
): (db: Kysely<Database>, item: Item) => Promise<Answer> {
  type Waiting = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  const waitingFor = new WeakMap<Kysely<Database>, Waiting[]>();

  async function runAll(db: Kysely<Database>, batch: readonly Waiting[]): Promise<void> {
    try {
      const answerTo = await run(
        db,
        batch.map(({ item }) => item),
      );
      for (const { item, resolve } of batch) resolve(answerTo(item));
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await runAll(db, [one]);
    }
  }

  return (db, item) =>
    new Promise((resolve, reject) => {
      const one = { item, resolve, reject };
      const others = waitingFor.get(db);
      if (others) {
        others.push(one);
        return;
      }
      const batch = [one];
      waitingFor.set(db, batch);
      // After all that goes on by promises in this moment, however many steps it takes.
      process.nextTick(() => {
        waitingFor.delete(db);
        void runAll(db, batch);
      });
    });
}
