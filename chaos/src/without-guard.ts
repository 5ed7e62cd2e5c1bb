import { registerHooks } from "node:module";

// Loaded before the server (`node --import`) by the negative control, and by nothing else: the product has no switch that
// lets it oversell. It takes the row locks out of the statements that read how full the pools are, and has them wait a
// moment once they have read: what the locks keep apart must happen at once, or whether anything is oversold is luck. The
// CHECK is dropped by the owner of the database (stage.ts).

const guarded = "/packages/core/src/sales/reservations.queries.ts";
const locks = [
  /(function lockSeatPools\([\s\S]*?)\s+for no key update/,
  /(const seatPoolLocks = [\s\S]*?)\s+for no key update/,
];
const pause = "offset (select 0 from pg_sleep(0.03))";

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(guarded)) return loaded;
    const source = typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source);
    return { ...loaded, source: locks.reduce(takeOut, source) };
  },
});

function takeOut(source: string, lock: RegExp): string {
  const open = source.replace(lock, `$1 ${pause}`);
  // Another name or another lock, and the control would control nothing.
  if (open === source) throw new Error(`there is no lock like ${lock.source} to take out of ${guarded}`);
  return open;
}
