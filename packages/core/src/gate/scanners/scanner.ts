import type { ScannerState } from "@tessera/contracts";

/** The tablet that has signed a request, while it is enrolled. */
export type EnrolledScanner = {
  scannerId: string;
  /** What people call it. */
  name: string;
  /** 32 bytes, Ed25519. */
  publicKey: Buffer;
  gateId: string;
  competitionSessionIds: readonly string[];
};

/** A tablet that has a key, whatever has become of it. */
export type KnownScanner = EnrolledScanner & { state: ScannerState };

/** Whoever compares the codes has so much longer than whoever types: the tablet may be at the far end of the venue. */
const comparingMs = 10 * 60_000;

/** Until when a tablet that has claimed its code may be confirmed. */
export const confirmableUntil = (codeExpiresAt: Date): Date => new Date(codeExpiresAt.getTime() + comparingMs);

/** What a tablet's state comes to at a moment: a code that nobody used in time has expired, and no row says so. */
export function stateAt(
  { state, codeExpiresAt }: { state: ScannerState; codeExpiresAt: Date },
  now: Date,
): ScannerState {
  const until = { invited: codeExpiresAt, claimed: confirmableUntil(codeExpiresAt) };
  return (state === "invited" || state === "claimed") && now >= until[state] ? "expired" : state;
}
