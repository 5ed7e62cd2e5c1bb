import type { CompetitionSessionSummary, Gate, Shift } from "@tessera/contracts";
import { createContext, use } from "react";

/** Somebody who works with this tablet. `mustSignIn`: the PIN was tried too often, and opens nothing any more. */
export type Person = Pick<Shift, "displayName" | "role" | "endsAt"> & {
  readonly shiftId: string;
  readonly mustSignIn: boolean;
};

/** A tablet that two people have compared and confirmed. */
export type EnrolledState = {
  readonly phase: "enrolled";
  /** What people call it. */
  readonly name: string;
  readonly gate: Gate;
  readonly competitionSessions: readonly CompetitionSessionSummary[];
  /** Whose shifts are open. */
  readonly people: readonly Person[];
  /** Who works with it now; null while it is locked. */
  readonly unlocked: Person | null;
  /** Whose shift has just ended by time, where nobody is at work any more. */
  readonly ended: Pick<Person, "displayName" | "endsAt"> | null;
  readonly connected: boolean;
  /** Records that only this tablet has. */
  readonly queued: number;
};

/** What has become of this device. */
export type TabletState =
  /** No tablet. `outcome`: what became of the code before, if it came to nothing. */
  | { readonly phase: "new"; readonly outcome: "refused" | "expired" | null }
  /** Two people compare what both screens say. */
  | { readonly phase: "claimed"; readonly comparison: string; readonly connected: boolean }
  | { readonly phase: "revoked"; readonly queued: number }
  | EnrolledState;

/** What the pages do with the tablet. */
export type TabletApp = {
  readonly subscribe: (onChange: () => void) => () => void;
  /** The same object until something in it has changed. */
  readonly state: () => TabletState;
  /** The server's time as well as the tablet knows it, unix milliseconds. */
  readonly nowMs: () => number;
  /** Those that the tablet knows of the venue of one competition session, its own among them. */
  readonly gatesOf: (competitionSessionId: string) => readonly Gate[];
  /** Asks to be enrolled with a whole code. Throws what the server says. */
  readonly claim: (code: string) => Promise<void>;
  /** Forgets the enrolment and everything that came with it. */
  readonly forget: () => Promise<void>;
  /** Begins a shift of whoever is signed in, who is unlocked then. Throws what the server says. */
  readonly begin: (pin: string) => Promise<void>;
  /** Tries somebody's PIN: null when it was right, otherwise the tries that are left. */
  readonly unlock: (shiftId: string, pin: string) => Promise<number | null>;
  readonly lock: () => void;
  /** Ends a shift here at once, and at the server as soon as that answers. */
  readonly endShift: (shiftId: string) => Promise<void>;
};

type Enrolled = { readonly tablet: TabletApp; readonly state: EnrolledState; readonly you: Person };

export const EnrolledContext = createContext<Enrolled | null>(null);

/** The tablet, and who works with it; only on pages behind the gate of `routes/tablet-gate.tsx`. */
export function useEnrolled(): Enrolled {
  const enrolled = use(EnrolledContext);
  if (enrolled === null) throw new Error("useEnrolled needs a TabletGate above it");
  return enrolled;
}
