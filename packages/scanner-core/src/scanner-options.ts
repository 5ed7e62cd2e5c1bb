import type { Direction, Gate, ReasonCode } from "@tessera/contracts";
import type { ClockProposal } from "./clock-proposals.ts";
import type { Contact } from "./contact.ts";
import type { Journal } from "./journal.ts";
import type { KnownList } from "./known-list.ts";
import type { DeviceClock, Transport } from "./ports.ts";
import type { ShownScan } from "./scan.ts";
import type { ServerClock } from "./server-clock.ts";

/** Who works with the tablet. */
export type AtWork = {
  /** Whose shift it is now; null while the tablet is locked: then nothing is scanned. */
  readonly shiftId: () => string | null;
  /** Whether this is the PIN of a supervisor's open shift on this tablet. */
  readonly authorise: (shiftId: string, pin: string) => Promise<boolean>;
  /** How many times a supervisor may decide against the screen in a shift. */
  readonly overridesOf: (shiftId: string) => number;
};

/** What a tablet at one gate is made of. */
export type ScannerOptions = {
  readonly competitionSessionId: string;
  readonly gate: Gate;
  readonly clock: DeviceClock;
  readonly serverClock: ServerClock;
  readonly journal: Journal;
  readonly contact: Contact;
  readonly transport: Pick<Transport, "ask">;
  /** The newest list; null before the first one is there: then nothing is scanned. */
  readonly list: () => KnownList | null;
  readonly atWork: AtWork;
};

/** A person was let through, and the server has said since that it would not have. */
export type Alarm = {
  readonly key: number;
  readonly holderName: string | null;
  readonly atMs: number;
  readonly reason: ReasonCode;
};

/** What was written down last before the app was started anew; whoever stood there may have been told nothing. */
export type SaidBefore = {
  readonly atMs: number;
  readonly direction: Direction;
  readonly through: boolean;
  readonly holderName: string | null;
};

/** What the screen shows; another object as soon as anything in it has changed. */
export type ScannerState = {
  readonly scan: ShownScan | null;
  /** The server is asked about somebody, and the screen has not said anything yet. */
  readonly deciding: boolean;
  readonly direction: Direction;
  readonly alarm: Alarm | null;
  readonly clockProposal: ClockProposal | null;
  /** A record could not be written: what the screen would have said was not said. */
  readonly unwritten: boolean;
  /** Until the next scan. */
  readonly lastWord: SaidBefore | null;
};

/** What came of a supervisor's PIN. */
export type Authorised = "done" | "wrong_pin" | "none_left" | "gone";
