import type { ScannerView } from "@tessera/contracts";

/** Tablets check in every 15 seconds; one that missed four is out of contact. */
const contactMs = 60_000;

/** How a tablet stands, as people want to know it: one that is enrolled is in contact or is not. */
export type Standing = Exclude<ScannerView["state"], "enrolled"> | "inContact" | "away" | "neverSeen";

/** @param now milliseconds of this device's clock */
export function standingOf(
  { state, lastContactAt }: Pick<ScannerView, "state" | "lastContactAt">,
  now: number,
): Standing {
  if (state !== "enrolled") return state;
  if (lastContactAt === null) return "neverSeen";
  return now - Date.parse(lastContactAt) < contactMs ? "inContact" : "away";
}

/** Whether it will never serve again, unless it is enrolled anew. */
export const isGone = ({ state }: Pick<ScannerView, "state">): boolean =>
  state === "revoked" || state === "refused" || state === "expired";
