import type { Direction, Outcome, ReasonCode } from "@tessera/contracts";

/** What a tablet's screen says of one scan. */
export type Shown = {
  /** Of the scan's record. */
  readonly number: number;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** Whether that was the server's answer. */
  readonly confirmed: boolean;
};

/** Who stood there last before the app was started anew, and whether they went through. */
export type LastWord = { readonly number: number; readonly through: boolean };

/** The tablet's app died before it said what somebody waited for. */
export class TabletDied extends Error {}

/** What people do with a tablet at a gate. Each of it rejects with `TabletDied` when the app dies meanwhile. */
export type GateTablet = {
  readonly id: string;
  readonly gateId: string;
  /** Whether the app runs and has a list. */
  readonly isReady: boolean;
  readonly isOnline: boolean;
  /** What the screen says when the app runs again. */
  readonly lastWord: LastWord | null;
  readonly scan: (code: string, direction: Direction) => Promise<Shown>;
  /** Null where the list finds nobody. */
  readonly search: (reference: string, direction: Direction) => Promise<Shown | null>;
  /** After a look, on a check. */
  readonly decide: (scan: number, admit: boolean) => Promise<void>;
  /** A supervisor's, against a refusal; false where none is left. */
  readonly override: (scan: number, admit: boolean) => Promise<boolean>;
};
