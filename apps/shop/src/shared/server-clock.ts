/** One reading of the server's clock beside the two of this device. All in milliseconds, the first two since 1970. */
export type ClockReading = { readonly serverMs: number; readonly wallMs: number; readonly monotonicMs: number };

/** Where the device's own two clocks may disagree before one of them must have stopped or been set. */
const toleranceMs = 2_000;

/**
 * What the server's clock says now. The monotonic clock carries it, since nobody can set that one; but it stands still
 * while some phones sleep, and then the wall clock, which has gone on further, is the better witness.
 */
export function serverTimeAt(reading: ClockReading, wallMs: number, monotonicMs: number): number {
  const byMonotonic = monotonicMs - reading.monotonicMs;
  const byWall = wallMs - reading.wallMs;
  return reading.serverMs + (byWall - byMonotonic > toleranceMs ? byWall : byMonotonic);
}

/** The server answered `serverMs` to a question asked and answered at these moments: half of the way there was the way. */
export function readingOf(serverMs: number, asked: Moment, answered: Moment): ClockReading {
  const wayMs = (answered.monotonicMs - asked.monotonicMs) / 2;
  return { serverMs: serverMs + wayMs, ...answered };
}
type Moment = { readonly wallMs: number; readonly monotonicMs: number };

export const momentNow = (): Moment => ({ wallMs: Date.now(), monotonicMs: performance.now() });

const offsetKey = "tessera.clock-offset";

/** Until the server has answered: the difference that this device had to it the last time, or none. */
export function rememberedReading(): ClockReading {
  const moment = momentNow();
  return { serverMs: moment.wallMs + rememberedOffset(), ...moment };
}

function rememberedOffset(): number {
  try {
    const offset = Number(localStorage.getItem(offsetKey) ?? 0);
    return Number.isFinite(offset) ? offset : 0;
  } catch {
    // Storage can be forbidden; most devices keep good time by themselves.
    return 0;
  }
}

export function rememberReading({ serverMs, wallMs }: ClockReading): void {
  try {
    localStorage.setItem(offsetKey, String(Math.round(serverMs - wallMs)));
  } catch {
    // Only a start without network would have needed it.
  }
}
