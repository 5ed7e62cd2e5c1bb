import { RateLimiterPostgres } from "rate-limiter-flexible";
import { type Count, countingOnly, type LimitStore, limitStoreOver, LocalLimiter } from "./limit-store.ts";

/** As much of pg's pool as is needed. `bigint` must come as a number. */
export type LimitPool = {
  query(query: { name: string; text: string; values: unknown[] }): Promise<{ rows: CountRow[] }>;
};
type CountRow = { key: string; points: number; expire: number };

const giveBackWithinMs = 100;

/**
 * Counters in the table `rate_limit`. What is counted in one moment is one statement, with what was given back before,
 * and so a sign-in waits for one round trip, not for six. While PostgreSQL is away this process counts by itself: nobody
 * guesses freely, and nobody is locked out.
 *
 * @returns the store; `flush` writes what was given back, before its pool ends
 */
export function postgresLimitStore(pool: LimitPool): LimitStore & { flush: () => Promise<void> } {
  const limiter = new GatheringLimiter(pool);
  return { ...limitStoreOver(limiter), flush: () => limiter.flush() };
}

type Upserted = { rows: CountRow[] };
type Waiting = Count & { resolve: (upserted: Upserted) => void; reject: (error: unknown) => void };

/** rate-limiter-flexible's own store for PostgreSQL but for `_upsert`, the method that makes a store. */
class GatheringLimiter extends RateLimiterPostgres {
  readonly #pool: LimitPool;
  #waiting: Waiting[] = [];
  #isFlushing = false;
  #later: NodeJS.Timeout | undefined;

  constructor(pool: LimitPool) {
    super({
      ...countingOnly,
      storeClient: pool,
      storeType: "pool",
      tableName: "rate_limit",
      tableCreated: true,
      insuranceLimiter: new LocalLimiter(),
    });
    this.#pool = pool;
  }

  /** What is given back (negative) waits for the next that is added, but not for long. */
  _upsert(key: string, points: number, milliseconds: number): Promise<Upserted> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, points, seconds: milliseconds / 1000, resolve, reject });
      if (points < 0) {
        this.#later ??= setTimeout(() => void this.flush(), giveBackWithinMs).unref();
      } else if (!this.#isFlushing) {
        this.#isFlushing = true;
        queueMicrotask(() => void this.flush());
      }
    });
  }

  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#isFlushing = false;
    clearTimeout(this.#later);
    this.#later = undefined;
    if (waiting.length === 0) return;
    const byKey = Map.groupBy(waiting, ({ key }) => key);
    try {
      const { rows } = await count(this.#pool, [...byKey].map(changeOf));
      const found = new Map(rows.map((row) => [row.key, row]));
      for (const [key, ones] of byKey) answer(ones, found.get(key));
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}

type Change = { key: string; added: number; givenBack: number; seconds: number };

function changeOf([key, counts]: [string, readonly Count[]]): Change {
  const change = { key, added: 0, givenBack: 0, seconds: 0 };
  for (const { points, seconds } of counts) {
    if (points < 0) change.givenBack -= points;
    else {
      change.added += points;
      change.seconds = seconds;
    }
  }
  return change;
}

/** Each that adds gets what the counter had come to with it, as if they had come one after the other. */
function answer(ones: readonly Waiting[], row: CountRow | undefined): void {
  if (row === undefined) throw new Error("a counter was not answered");
  let points = row.points;
  for (const one of ones.toReversed()) {
    one.resolve({ rows: [{ ...row, points }] });
    points -= Math.max(0, one.points);
  }
}

/**
 * The table is unlogged: nothing here waits for a disk. Always in the order of the keys, or two would wait for each other.
 * What is only given back to a counter that has ended leaves one that has ended.
 */
function count(pool: LimitPool, changes: readonly Change[]): Promise<{ rows: CountRow[] }> {
  const now = Date.now();
  return pool.query({
    name: "rate_limit_count",
    text: `
      insert into rate_limit as counter (key, points, expire)
      select key, added, expire
      from unnest($1::text[], $2::int[], $3::bigint[]) as change (key, added, expire)
      order by key
      on conflict (key) do update set
        points = excluded.points + case when counter.expire <= $4 then 0 else greatest(0, counter.points - (
          select given_back from unnest($1::text[], $5::int[]) as change (key, given_back) where key = excluded.key
        )) end,
        expire = case when counter.expire <= $4 then excluded.expire else counter.expire end
      returning key, points, expire`,
    values: [
      changes.map(({ key }) => key),
      changes.map(({ added }) => added),
      changes.map(({ seconds }) => now + seconds * 1000),
      now,
      changes.map(({ givenBack }) => givenBack),
    ],
  });
}
