import { type Kysely, type RawBuilder, sql } from "kysely";

type Statements = readonly RawBuilder<unknown>[];

/** For each statement its rows. */
type RowsOf<Sent extends Statements> = {
  -readonly [Index in keyof Sent]: Sent[Index] extends RawBuilder<infer Row> ? Row[] : never;
};

/**
 * A transaction in two ways to the database and back, however many statements it has: what it begins with is sent at once,
 * and so is what it ends with, each up to its `COMMIT`. Whoever waits for its locks waits for that, and not for as many
 * ways as there are statements, each behind whatever else this process has to do.
 *
 * PostgreSQL does the statements one after the other; each sees what those before it have locked and done.
 *
 * @param steps.first what is sent with `BEGIN`
 * @param steps.last told the rows of each; answers with the one statement that is sent with `COMMIT`, if any, and with the
 * result. (Of several, those that are good would be committed beside one that this process cannot send.) It may ask for
 * more on the connection. If it throws, nothing has happened
 * @returns the result, once it is committed. If the connection is lost in the second step, it may be committed, and nobody
 * is told: the error is an outage (`isOutage`)
 */
export async function transactionInTwoSteps<Tables, const First extends Statements, Result>(
  db: Kysely<Tables>,
  {
    first,
    last,
  }: {
    first: First;
    last: (
      rows: RowsOf<First>,
      connection: Kysely<Tables>,
    ) => Promise<{ statement: RawBuilder<unknown> | undefined; result: Result }>;
  },
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    try {
      const [, ...rows] = await pipelined(connection, [sql`begin`, ...first]);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each builder says what its rows are
      const { statement, result } = await last(rows as RowsOf<First>, connection);
      const answers = await pipelined(connection, [...(statement === undefined ? [] : [statement]), sql`commit`]);
      requireCommitted(answers.at(-1));
      return result;
    } catch (error) {
      // However far it came. A connection that cannot even do this is broken, and the pool drops it.
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}

/** COMMIT succeeds after a statement that failed, and rolls back; also if somebody has swallowed that error. */
function requireCommitted(answer: readonly unknown[] = []): void {
  const [row] = answer;
  // Kysely's driver tells it as a row.
  const isCommitted = typeof row === "object" && row !== null && "command" in row && row.command === "COMMIT";
  if (!isCommitted) throw new Error("a transaction was rolled back, and nobody had said why");
}

/** Sends statements at once. Throws what the first that failed was refused with: those after it have failed for it. */
async function pipelined<Tables>(connection: Kysely<Tables>, statements: Statements): Promise<unknown[][]> {
  const compiled = statements.map((statement) => statement.compile(connection));
  // Kysely itself sends the next statement of a transaction when the one before is answered; its driver need not.
  const settled = await connection
    .getExecutor()
    .provideConnection((driver) => Promise.allSettled(compiled.map((query) => driver.executeQuery(query))));
  return settled.map((answer) => {
    if (answer.status === "rejected") throw answer.reason;
    return answer.value.rows;
  });
}
