import type { Gate } from "@tessera/contracts";
import type { EnrolledState, Person, Tablet, TabletState } from "@tessera/scanner-core";
import { createContext, use } from "react";

/** What the pages do with the tablet. */
export type TabletApp = {
  /** What a gate is opened with. */
  readonly core: Tablet;
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
