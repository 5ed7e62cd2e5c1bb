import { type Kysely, type RawBuilder, sql } from "kysely";

/** Sends a statement without waiting for the answers to those before it. */
export type Send = <Row>(statement: RawBuilder<Row>) => Promise<Row[]>;

/**
 * A transaction in two ways to the database and back, however many statements it has: what it begins with is sent at once,
 * and so is what it ends with, each in one pipeline. Whoever waits for its locks waits for that, and not for as many ways
 * as there are statements, each behind whatever else this process has to do.
 *
 * PostgreSQL does the statements one after the other; each sees what those before it have locked and done.
 *
 * @param work sends what comes first, all together (`Promise.all`), and decides; it may ask for more on the connection.
 * Answers with the one statement that is sent with `COMMIT`, if any (of several, those that are good would be committed
 * beside one that this process cannot send), and with the result. If it throws, nothing has happened
 * @returns the result, once it is committed. If the connection is lost in the second step, it may be committed, and nobody
 * is told: the error is an outage (`isOutage`)
 */
export async function transactionInTwoSteps<Tables, Result>(
  db: Kysely<Tables>,
  work: (
    send: Send,
    connection: Kysely<Tables>,
  ) => Promise<{ statement: RawBuilder<unknown> | undefined; result: Result }>,
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    // Kysely lets one statement after the other have it; pg takes them as they come. It is ours until we return.
    const driver = await connection.getExecutor().provideConnection(async (its) => its);
    const send: Send = <Row>(statement: RawBuilder<Row>) => {
      const answer = driver.executeQuery<Row>(statement.compile(connection)).then(({ rows }) => rows);
      // Whoever throws before it has come waits for it no more, and it must not end the process.
      answer.catch(() => undefined);
      return answer;
    };
    try {
      const [, { statement, result }] = await Promise.all([send(sql`begin`), work(send, connection)]);
      const commit = sql<{ command: string }>`commit`;
      const [, [end]] = await Promise.all([statement && send(statement), send(commit)]);
      // It succeeds after a statement that failed, and rolls back; also if somebody has swallowed that error.
      if (end?.command !== "COMMIT") throw new Error("a transaction was rolled back, and nobody had said why");
      return result;
    } catch (error) {
      // However far it came. A connection that cannot even do this is broken, and the pool drops it.
      await send(sql`rollback`).catch(() => undefined);
      throw error;
    }
  });
}
