/** What this device's own clocks show at a moment, in milliseconds. */
export type Moment = {
  /** Since 1970; whoever holds the device can set it. */
  readonly wallMs: number;
  /** Since the page began; nobody can set it, but it stands still while some devices sleep. */
  readonly monotonicMs: number;
  /** How often the page had come into view; null while it is out of view. */
  readonly view: number | null;
};

/** The server's clock beside the device's own. */
export type ClockReading = Moment & {
  readonly serverMs: number;
  /** When the server last said itself what time it is, by its own clock; null: never on this device. */
  readonly heardAtMs: number | null;
  /** Somebody has set the device's clock since. */
  readonly doubtful: boolean;
};

/** By how much the device's two clocks may disagree before one of them must have stopped or been set. */
const toleranceMs = 2_000;

/**
 * The reading carried on to a later moment. The monotonic clock carries it. Where the wall clock has gone further, a
 * device slept if the page was out of view meanwhile, and the wall clock is the better witness; before somebody's eyes no
 * device sleeps, and so its clock was set, which must not move the code.
 */
export function carryOn(reading: ClockReading, moment: Moment): ClockReading {
  const elapsedMs = moment.monotonicMs - reading.monotonicMs;
  const expectedWallMs = reading.wallMs + elapsedMs;
  const jumpMs = moment.wallMs - expectedWallMs;
  if (Math.abs(jumpMs) <= toleranceMs) {
    // Small differences add up: what the wall clock should show is carried on, not what it shows.
    return { ...reading, ...moment, wallMs: expectedWallMs, serverMs: reading.serverMs + elapsedMs };
  }
  const stayedInView = reading.view !== null && reading.view === moment.view;
  if (jumpMs > 0 && !stayedInView) return { ...reading, ...moment, serverMs: reading.serverMs + elapsedMs + jumpMs };
  return { ...reading, ...moment, serverMs: reading.serverMs + elapsedMs, doubtful: true };
}

/** The server answered `serverMs` to a question asked and answered at these moments: half of the way there was the way. */
export function readingOf(serverMs: number, asked: Moment, answered: Moment): ClockReading {
  const wayMs = (answered.monotonicMs - asked.monotonicMs) / 2;
  return { ...answered, serverMs: serverMs + wayMs, heardAtMs: serverMs + wayMs, doubtful: false };
}

/** What outlives the page: by how much the device's clock is behind the server's, and since when that is known. */
export type RememberedClock = { readonly offsetMs: number; readonly heardAtMs: number | null };

export function toRemember({ serverMs, wallMs, heardAtMs }: ClockReading): RememberedClock {
  return { offsetMs: Math.round(serverMs - wallMs), heardAtMs };
}

/** The reading that a page begins with. A clock by which the server has not yet said what it has said was set back. */
export function readingFrom({ offsetMs, heardAtMs }: RememberedClock, moment: Moment): ClockReading {
  const serverMs = moment.wallMs + offsetMs;
  return { ...moment, serverMs, heardAtMs, doubtful: heardAtMs !== null && serverMs < heardAtMs - toleranceMs };
}
