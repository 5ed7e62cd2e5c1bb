import { keep, kept } from "../kept.ts";

/** A reset of the second factors that was asked for here; both are instants. */
export type ResetNote = { readonly requestedAt: string; readonly readyAt: string };

const nameOf = (accountId: string): string => `factor-reset.${accountId}`;
/** Afterwards nobody waits for it any more. */
const staleMs = 7 * 24 * 3_600_000;

/** Before the second factor the server tells nothing of a reset, and so the browser remembers what was asked. */
export function noteReset(accountId: string, readyAt: string, now = Date.now()): ResetNote {
  const before = notedReset(accountId, now);
  // Asked again, the answer is the same moment.
  const note = before?.readyAt === readyAt ? before : { requestedAt: new Date(now).toISOString(), readyAt };
  keep("browser", nameOf(accountId), JSON.stringify(note));
  return note;
}

/** Null where none was asked for in this browser, or long ago. */
export function notedReset(accountId: string, now = Date.now()): ResetNote | null {
  try {
    const note: unknown = JSON.parse(kept("browser", nameOf(accountId)) ?? "null");
    return isNote(note) && Date.parse(note.readyAt) + staleMs > now ? note : null;
  } catch {
    return null;
  }
}

/** Whoever is signed in again sees on their account what is still waiting. */
export function forgetReset(accountId: string): void {
  keep("browser", nameOf(accountId), null);
}

function isNote(note: unknown): note is ResetNote {
  return (
    typeof note === "object" &&
    note !== null &&
    "requestedAt" in note &&
    typeof note.requestedAt === "string" &&
    "readyAt" in note &&
    typeof note.readyAt === "string"
  );
}
