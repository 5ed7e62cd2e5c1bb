import type { Direction, ScanRecord, TabletRecord } from "@tessera/contracts";

/** The table of the store that records are kept in, by their number. */
export const journalTable = "journal";

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
/** A record before it has its number. */
export type NewRecord = DistributiveOmit<TabletRecord, "number">;

/**
 * One record as the tablet keeps it. `open`: the screen has not said anything yet, and may still change it; `kept`: it is
 * as it will be for good, and waits for the server; `taken`: the server has it; `refused`: it will never take it.
 */
export type Entry = {
  readonly record: TabletRecord;
  readonly state: "open" | "kept" | "taken" | "refused";
  /** Of a scan: what it means for a ticket, should somebody go through. */
  readonly subject: Subject | null;
};

export type Subject = {
  /** Null where no ticket is known. */
  readonly ticketId: string | null;
  /** No code proved that it is the holder's. */
  readonly byHand: boolean;
  /** When they stood there, as well as it can be told; unix milliseconds. */
  readonly atMs: number;
};

export type ScanEntry = Entry & { readonly record: ScanRecord; readonly subject: Subject };

/** What the screen said last before the app was started anew, or would have said. */
export type LastWord = Pick<ScanRecord, "number" | "competitionSessionId" | "gateId" | "direction"> &
  Pick<Subject, "ticketId" | "atMs"> & { readonly through: boolean };

/** Somebody who went through at this tablet. */
export type OwnPassage = {
  /** Null where no ticket was known. */
  readonly ticketId: string | null;
  readonly competitionSessionId: string;
  readonly direction: Direction;
  readonly gateId: string;
  readonly atMs: number;
  readonly byHand: boolean;
};

/** What a person has decided about a scan. */
export type Decision = { readonly admit: boolean; readonly override: boolean };

export const isScan = (entry: Entry): entry is ScanEntry => entry.record.kind === "scan" && entry.subject !== null;

export function toPassage({ record, subject: { ticketId, atMs } }: ScanEntry, byHand: boolean): OwnPassage {
  const { direction, gateId, competitionSessionId } = record;
  return { ticketId, competitionSessionId, direction, gateId, atMs, byHand };
}

export const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && "record" in value && "state" in value && "subject" in value;
