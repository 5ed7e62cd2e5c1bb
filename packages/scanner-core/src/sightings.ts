import { readCode, toBase64url } from "@tessera/pass";

/** How long a code must be out of the camera's view to be presented again, in milliseconds. */
const absenceMs = 2000;
/** After `release`, the time that people have to take a phone away that was only still there. */
const graceMs = 1500;

export type Sightings = {
  /** Whether what is seen now has been in view all along, and so is no second scan. */
  readonly isHeld: (key: string) => boolean;
  readonly mark: (key: string) => void;
  /** Somebody asked for the next scan: what is still in view in a moment is meant. */
  readonly release: () => void;
};

/**
 * A camera sees a phone ten times a second, and two phones in turns; each is one presentation until it has been away.
 * The key must be the same for all codes of one pass, since a phone that is held changes its code every 15 seconds.
 */
export function createSightings(monotonicMs: () => number): Sightings {
  const seen = new Map<string, { lastMs: number; untilMs: number }>();

  const forgetAbsent = (now: number): void => {
    for (const [key, { lastMs }] of seen) if (now - lastMs > absenceMs) seen.delete(key);
  };
  return {
    isHeld: (key) => {
      const now = monotonicMs();
      forgetAbsent(now);
      const sighting = seen.get(key);
      return sighting !== undefined && now < sighting.untilMs;
    },
    mark: (key) => {
      const now = monotonicMs();
      const sighting = seen.get(key);
      const untilMs = sighting === undefined || now >= sighting.untilMs ? Infinity : sighting.untilMs;
      seen.set(key, { lastMs: now, untilMs });
    },
    release: () => {
      const untilMs = monotonicMs() + graceMs;
      for (const sighting of seen.values()) sighting.untilMs = untilMs;
    },
  };
}

/** Two codes with one key are the same thing held up: for a pass, whatever its proof; else the text. */
export function presentationKey(text: string): string {
  const read = readCode(text);
  return read.ok ? toBase64url(read.code.pass.bytes) : text;
}
