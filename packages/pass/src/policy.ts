import type { Category, Outcome, ReasonCode, refusalReasons } from "@tessera/contracts";

export type RefusalReason = (typeof refusalReasons)[number];
export type Direction = "in" | "out";

/** What a list knows of one ticket (DESIGN section 5). The server builds the same from its rows. */
export type ListEntry = {
  /** UUID in lower case. */
  readonly ticketId: string;
  readonly state: "good" | "revoked" | "blocked";
  readonly competitionSessionNumber: number;
  readonly zone: number;
  readonly category: Category;
  /** 0 if it was never activated. */
  readonly epoch: number;
  /** 12 bytes (`passDigest`) of the pass of this epoch; `null` while it has none. */
  readonly passDigest: Uint8Array | null;
  /** 12 bytes (`tokenDigest`) of the token of `epoch + 1`. */
  readonly nextTokenDigest: Uint8Array;
};

/** What one gate lets in for one competition session. Times are unix milliseconds. */
export type GatePolicy = {
  readonly competitionSessionNumber: number;
  readonly direction: Direction;
  /** The zones that lie behind this gate. */
  readonly zones: readonly number[];
  /** The categories that this gate serves; absent: all. */
  readonly categories?: readonly Category[];
  /** Whether a wheelchair passes; absent: yes. */
  readonly stepFree?: boolean;
  /** When it is open: the list's word, which wins over the window in a listed pass. `untilMs` is the first moment after. */
  readonly window: { readonly fromMs: number; readonly untilMs: number };
  /** `never`: one admission for each ticket. `after_exit`: again, once an exit was scanned. */
  readonly reentry: "never" | "after_exit";
  readonly maxListAgeMs: number;
  /**
   * While the reader is cut off: `any`, or only tickets whose home is this gate (`homeGateOf`), so that no two tablets that
   * cannot talk let in the same ticket. Absent: any.
   */
  readonly offlineAdmission?: "any" | "home_gate";
  /** Outcomes stricter than the default for a reason, `admitted` included; a laxer one has no effect. */
  readonly stricter?: Readonly<Partial<Record<ReasonCode, Outcome>>>;
};

/** A scan of the same ticket that let somebody in or out. */
export type EarlierScan = {
  readonly direction: Direction;
  /** Unix milliseconds. */
  readonly atMs: number;
  /** Where: an id or a name, as the caller likes to see it again. */
  readonly gate: string;
  /**
   * No code proved it: somebody was found by name, or let in against a refusal. A good code after it is a check and not a
   * refusal, so that a tablet that lies spends nobody's ticket.
   */
  readonly byHand?: boolean;
};

/** What the reader knows of the ticket in hand, beside the code. */
export type Known = {
  /** The list's entry for the ticket, or `null` if the list has none. */
  readonly entry: ListEntry | null;
  /** Unix milliseconds; `null` if there is no list at all. */
  readonly listMadeAtMs: number | null;
  readonly competitionSessionCancelled: boolean;
  /** Every admission and exit of this ticket that the reader knows of, in any order, without the scan in hand. */
  readonly earlier: readonly EarlierScan[];
  /** A correction of the clock is proposed and not yet confirmed: what the clock alone refuses becomes a check. */
  readonly clockInDoubt: boolean;
  /** The reader has no contact, and its home gate is another than the ticket's. Absent: no. */
  readonly cutOffFromHome?: boolean;
};

export type Verdict = {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** What else failed after `reason`, in order: whoever takes a closer look must see it too. */
  readonly alsoFailed: readonly RefusalReason[];
  /** With `already_inside` or `already_admitted` (in `reason` or `alsoFailed`), the admission that stands in the way. */
  readonly earlier: EarlierScan | null;
};
