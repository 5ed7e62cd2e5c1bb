import {
  carryOn,
  type ClockReading,
  type Moment,
  readingFrom,
  type RememberedClock,
  toRemember,
} from "./server-clock.ts";

const storageKey = "tessera.clock";

let views = 0;
/** One for the page, however many components ask. */
let current: ClockReading | null = null;

export function momentNow(): Moment {
  const inView = document.visibilityState === "visible";
  return { wallMs: Date.now(), monotonicMs: performance.now(), view: inView ? views : null };
}

/** What the server's clock says now, as far as this device knows. */
export function clockNow(): ClockReading {
  const moment = momentNow();
  const before = current ?? begin(moment);
  current = carryOn(before, moment);
  // The page knows by how much the device's clock was moved; the next one could not.
  if (current.doubtful && !before.doubtful) remember(current);
  return current;
}

/** The server has said what time it is. */
export function hearClock(reading: ClockReading): void {
  current = reading;
  remember(reading);
}

function begin(moment: Moment): ClockReading {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") views += 1;
  });
  return readingFrom(remembered(), moment);
}

function remembered(): RememberedClock {
  // Most devices keep good time by themselves.
  const unknown = { offsetMs: 0, heardAtMs: null };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    return isRemembered(kept) ? kept : unknown;
  } catch {
    // Storage can be forbidden.
    return unknown;
  }
}

function isRemembered(value: unknown): value is RememberedClock {
  if (typeof value !== "object" || value === null || !("offsetMs" in value) || !("heardAtMs" in value)) return false;
  return Number.isFinite(value.offsetMs) && (value.heardAtMs === null || Number.isFinite(value.heardAtMs));
}

function remember(reading: ClockReading): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(toRemember(reading)));
  } catch {
    // Only a start without network would have needed it.
  }
}
