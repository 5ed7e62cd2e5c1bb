import type { Direction, Outcome } from "@tessera/contracts";
import type { Alarm, ClockProposal, ListProblem, SaidBefore, ShownScan, ZoneCount } from "@tessera/scanner-core";
import type { Standing } from "../features/scanning/StatusBar.tsx";
import type { FoundTicket } from "../features/search/describe-found.ts";
import type { PinAnswer, Supervisor } from "../features/supervisor/supervisor.ts";

/** What the screen of a gate shows, whatever stands behind it. */
export type ScanView = {
  readonly verdict: ShownScan | null;
  /** The server is asked about somebody, and the screen has not said anything yet. */
  readonly deciding: boolean;
  readonly standing: Standing;
  readonly direction: Direction;
  /** People also go out here. */
  readonly hasExits: boolean;
  /** When people are let in; ISO 8601. */
  readonly opensAt: string;
  readonly listNumber: number | null;
  /** What policy makes of every ticket once the list is too old. */
  readonly whenListOld: Outcome;
  readonly troubles: Troubles;
  readonly supervisors: readonly Supervisor[];
  readonly namesLocked: boolean;
};

/** What somebody must know of the tablet itself. */
export type Troubles = {
  /** Why the newest list that came was not taken; the tablet goes on by the one before. */
  readonly listProblem: ListProblem | null;
  /** Nothing can be written any more. */
  readonly storage: boolean;
  /** Records that the server will never take. */
  readonly refusedRecords: number;
  readonly clock: ClockProposal | null;
  /** Somebody was let through, and the server has said since that it was wrong. */
  readonly alarm: Alarm | null;
  /** What the screen said when the app was killed: whoever stood there may not have seen it. Until the next scan. */
  readonly lastWord: SaidBefore | null;
};

/** What the screen can ask for. */
export type ScanDoings = {
  /** By the server's clock, unix milliseconds. */
  readonly nowMs: () => number;
  /** A code is being decided: what is seen meanwhile is nobody's scan. */
  readonly isBusy: () => boolean;
  readonly see: (text: string) => void;
  readonly read: (text: string, means: "wedge" | "typed") => void;
  readonly next: () => void;
  readonly turn: (direction: Direction) => void;
  readonly decide: (admit: boolean) => void;
  readonly override: (choice: SignedChoice & { readonly admit: boolean; readonly note: string }) => Promise<PinAnswer>;
  readonly confirmClock: (choice: SignedChoice) => Promise<PinAnswer>;
  readonly dismissAlarm: () => void;
  readonly dismissLastWord: () => void;
  readonly search: (text: string) => readonly FoundTicket[];
  readonly lookUp: (ticketId: string) => void;
  readonly zones: () => readonly ZoneCount[];
  /** The page has come to the front again. */
  readonly refresh: () => void;
};

/** A supervisor's word, with their own factor. */
type SignedChoice = { readonly shiftId: string; readonly pin: string };
