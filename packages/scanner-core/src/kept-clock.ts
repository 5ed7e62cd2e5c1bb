import { identityTable } from "./identity.ts";
import type { Store } from "./ports.ts";
import type { ServerClock } from "./server-clock.ts";

/** So far what is kept may be from what is known, milliseconds. */
const withinMs = 1000;

/** What must be added to the wall clock, milliseconds, as it was known when the app last ran; 0 if it never was. */
export async function readClockOffset(store: Store): Promise<number> {
  const offset: unknown = Reflect.get(Object(await store.read(identityTable, "clock")), "offsetMs");
  return typeof offset === "number" ? offset : 0;
}

/** Gives what writes down, whenever it is called, what the next start of the app begins with. */
export function clockKeeper(store: Store, clock: ServerClock, keptOffsetMs: number): () => Promise<void> {
  let keptMs = keptOffsetMs;
  return async () => {
    const offsetMs = Math.round(clock.offsetMs());
    if (clock.inDoubt() || Math.abs(offsetMs - keptMs) < withinMs) return;
    await store.write([{ table: identityTable, key: "clock", value: { offsetMs } }]);
    keptMs = offsetMs;
  };
}
