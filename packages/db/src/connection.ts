import { hash } from "node:crypto";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { DB } from "./generated.ts";

/** Settings of one pool of connections. */
export interface ConnectionOptions {
  /** Most connections open at once; a query waits for one when all are busy. */
  readonly max: number;
  /** What `pg_stat_activity` shows, so that an operator can tell the connections apart. */
  readonly applicationName: string;
  /** Told of idle connections that broke (a restarted server). The pool replaces them by itself. */
  readonly onConnectionLost?: (error: Error) => void;
  /**
   * After as many milliseconds without an answer a query fails: of a server whose machine is gone nobody tells us. For
   * those who have somebody waiting; unless told, a query takes as long as it takes, such as one of a migration.
   */
  readonly queryTimeoutMs?: number;
}

/** Also how long a query waits while all connections are busy: then it is better to say so than to wait on. */
const connectTimeoutMs = 5_000;

/** pg gives `bigint` as text because it may not fit a number; ours all do, and one that does not must not be rounded. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  }
  return value;
}

/** `{1,NULL,3}`: numbers are never quoted, and no query of ours has arrays of arrays. */
function parseInt8Array(text: string): (number | null)[] {
  const inside = text.slice(1, -1);
  return inside === "" ? [] : inside.split(",").map((entry) => (entry === "NULL" ? null : parseInt8(entry)));
}

const int8ArrayOid = 1016;

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, parseInt8],
  [int8ArrayOid, parseInt8Array],
  // A day has no zone: pg would make it midnight of the machine's zone, which is another day elsewhere.
  [pg.types.builtins.DATE, (text) => text],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): unknown =>
    (format === "binary" ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format),
};

/**
 * Opens a pool of connections to PostgreSQL. Nothing connects before the first query; `destroy()` closes the pool.
 *
 * Values: `bigint` is a number (a query that reads one beyond 2^53 - 1 fails), `timestamptz` a `Date`, `date` a
 * `YYYY-MM-DD` string, `bytea` a `Buffer`, `uuid` and `numeric` strings.
 *
 * @param url `postgres://user:password@host:port/database`
 */
export function createDatabase(url: string, options: ConnectionOptions): Kysely<DB> {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: createPool(url, options) }) });
}

/** A pool without Kysely, with the same values: for a library that writes its own SQL. `end()` closes it. */
export function createPool(url: string, options: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    // For those who send several statements at once (`transaction-in-two-steps.ts`). Whoever awaits each notices only that
    // a query that takes too long ends its connection, and so the query on the server with it.
    pipeline: true,
    types,
    ...(options.queryTimeoutMs === undefined ? {} : { query_timeout: options.queryTimeoutMs }),
  });
  // Without a listener the loss of an idle connection would end the process.
  pool.on("error", (error) => options.onConnectionLost?.(error));
  // So would that of one in use between two statements of a transaction; whoever uses it hears of it at the next.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("connect", prepareWhatIsMarked);
  return pool;
}

const mark = "/* prepared */";

/**
 * In a statement (`modifyFront(prepared)`, or anywhere in an `sql`): each connection parses and plans it once. For what
 * finds single rows by their keys and runs all the time, such as at every sign-in, where planning takes longer than doing.
 */
export const prepared = sql.raw(mark);

/** Kysely gives pg no names, by which it knows what is prepared already. */
function prepareWhatIsMarked(client: pg.PoolClient): void {
  const query: unknown = Reflect.get(client, "query");
  if (typeof query !== "function") throw new TypeError("not a client of pg");
  const value = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    const isMarked = typeof text === "string" && text.includes(mark);
    const args = isMarked ? [{ name: nameOf(text), text, values }, ...rest] : [text, values, ...rest];
    return Reflect.apply(query, client, args);
  };
  Object.defineProperty(client, "query", { value });
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `prepared_${hash("sha256", text).slice(0, 32)}`;
  names.set(text, name);
  return name;
}
