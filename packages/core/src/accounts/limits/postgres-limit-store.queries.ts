import { RateLimiterMemory, RateLimiterPostgres } from "rate-limiter-flexible";
import { type Count, countingOnly, type LimitStore, limitStoreOver } from "./limit-store.ts";

/** As much of pg's pool as is needed. `bigint` must come as a number. */
export type LimitPool = {
  query(query: { name: string; text: string; values: unknown[] }): Promise<{ rows: CountRow[] }>;
};
type CountRow = { key: string; points: number; expire: number };

/**
 * Counters in the table `rate_limit`. What is counted in one moment is one statement, and so a sign-in waits for two
 * round trips, not for six. While PostgreSQL is away this process counts by itself: nobody guesses freely, and nobody is
 * locked out.
 */
export function postgresLimitStore(pool: LimitPool): LimitStore {
  return limitStoreOver(new GatheringLimiter(pool));
}

type Upserted = { rows: CountRow[] };
type Waiting = Count & { resolve: (upserted: Upserted) => void; reject: (error: unknown) => void };

/** rate-limiter-flexible's own store for PostgreSQL but for `_upsert`, the method that makes a store. */
class GatheringLimiter extends RateLimiterPostgres {
  readonly #pool: LimitPool;
  #waiting: Waiting[] = [];

  constructor(pool: LimitPool) {
    super({
      ...countingOnly,
      storeClient: pool,
      storeType: "pool",
      tableName: "rate_limit",
      tableCreated: true,
      insuranceLimiter: new RateLimiterMemory(countingOnly),
    });
    this.#pool = pool;
  }

  _upsert(key: string, points: number, milliseconds: number): Promise<Upserted> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) queueMicrotask(() => void this.#flush());
      this.#waiting.push({ key, points, seconds: milliseconds / 1000, resolve, reject });
    });
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const byKey = Map.groupBy(waiting, ({ key }) => key);
    try {
      const { rows } = await addPoints(this.#pool, [...byKey.values()].map(together));
      const found = new Map(rows.map((row) => [row.key, row]));
      for (const [key, ones] of byKey) answer(ones, found.get(key));
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}

function together(counts: readonly Count[]): Count {
  const [first] = counts;
  if (first === undefined) throw new RangeError("nothing to count");
  return { ...first, points: counts.reduce((sum, { points }) => sum + points, 0) };
}

/** Each gets what the counter had come to with it, as if they had come one after the other. */
function answer(ones: readonly Waiting[], row: CountRow | undefined): void {
  if (row === undefined) throw new Error("a counter was not answered");
  let points = row.points;
  for (const one of ones.toReversed()) {
    one.resolve({ rows: [{ ...row, points }] });
    points -= one.points;
  }
}

/** The table is unlogged: nothing here waits for a disk. Always in the order of the keys, or two would wait for each other. */
function addPoints(pool: LimitPool, counts: readonly Count[]): Promise<{ rows: CountRow[] }> {
  const now = Date.now();
  return pool.query({
    name: "rate_limit_add",
    text: `
      insert into rate_limit as counter (key, points, expire)
      select key, points, expire
      from unnest($1::text[], $2::int[], $3::bigint[]) as added (key, points, expire)
      order by key
      on conflict (key) do update set
        points = case when counter.expire <= $4 then excluded.points else counter.points + excluded.points end,
        expire = case when counter.expire <= $4 then excluded.expire else counter.expire end
      returning key, points, expire`,
    values: [
      counts.map(({ key }) => key),
      counts.map(({ points }) => points),
      counts.map(({ seconds }) => now + seconds * 1000),
      now,
    ],
  });
}
