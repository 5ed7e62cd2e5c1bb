/** What was read for all who look at one thing. */
export type Reading<Value> = {
  readonly value: Value;
  /** The same as long as the same is read; never 0. */
  readonly version: number;
  /** From when on it is read again, by `performance.now()`. */
  readonly staleAtMs: number;
};

/** Gives the newest reading of a key, made with `read` if none is fresh. One that failed is given to nobody who asks later. */
export type SharedReadings<Value> = (key: string, read: () => Promise<Value>) => Promise<Reading<Value>>;

/** Between two readings the database has at least three times as long for others as the reading took. */
const restFactor = 4;
/** Nobody has looked for so long: it is forgotten. */
const forgetAfterMs = 60_000;

/**
 * Reads the same thing for all who look at it: at most once in `everyMs`, however many they are, and not at all while nobody
 * looks. Where a reading takes long, the next one waits longer.
 *
 * @param parts.sameness what a value is told from the next by
 */
export function createSharedReadings<Value>(parts: {
  everyMs: number;
  sameness: (value: Value) => string;
}): SharedReadings<Value> {
  const known = new Map<string, { reading: Promise<Reading<Value>>; done?: Reading<Value> & { sameness: string } }>();
  let versions = 0;

  return (key, read) => {
    const nowMs = performance.now();
    for (const [other, { done }] of known) {
      if (done !== undefined && done.staleAtMs + forgetAfterMs < nowMs) known.delete(other);
    }
    const before = known.get(key);
    if (before !== undefined && (before.done === undefined || nowMs < before.done.staleAtMs)) return before.reading;

    const make = async (): Promise<Reading<Value>> => {
      const value = await read();
      const sameness = parts.sameness(value);
      const version = before?.done?.sameness === sameness ? before.done.version : (versions += 1);
      const restMs = restFactor * (performance.now() - nowMs);
      const done = { value, version, staleAtMs: nowMs + Math.max(parts.everyMs, restMs), sameness };
      entry.done = done;
      return done;
    };
    const entry: NonNullable<ReturnType<typeof known.get>> = { reading: make() };
    known.set(key, entry);
    entry.reading.catch(() => {
      if (known.get(key) === entry) known.delete(key);
    });
    return entry.reading;
  };
}
