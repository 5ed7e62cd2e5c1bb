import type { Direction } from "@tessera/contracts";
import { slotAt, slotMs } from "@tessera/pass";
import { countsAs, type ScanFacts, wentThrough } from "../scans/went-through.ts";

/** One scan of a ticket in its own competition session. */
export type TicketScan = ScanFacts & {
  readonly id: string;
  /** Null for one from before tablets were enrolled. */
  readonly scannerId: string | null;
  readonly gateId: string;
  readonly direction: Direction;
  /** By the tablet's clock, unix milliseconds. */
  readonly scannedAtMs: number;
  /** When the server was asked; null if it was not. */
  readonly askedAtMs: number | null;
  /** Hex; null when somebody was looked up. */
  readonly codeSha256: string | null;
  /** Of a proof whose signature is good. */
  readonly slot: number | null;
  readonly passEpoch: number | null;
};

/** All that is known of one ticket, in any order. */
export type TicketFacts = {
  readonly ticketId: string;
  readonly reentry: "never" | "after_exit";
  /** Since when each epoch is the newest. */
  readonly epochs: readonly { readonly epoch: number; readonly fromMs: number }[];
  /** When it let nobody in: while it was blocked, and since it was cancelled. */
  readonly barred: readonly { readonly fromMs: number; readonly untilMs: number }[];
  readonly scans: readonly TicketScan[];
};

/** Somebody went in or out with the ticket. */
export type Passage = {
  readonly scanId: string;
  readonly gateId: string;
  readonly direction: Direction;
  readonly atMs: number;
  readonly byHand: boolean;
};

/**
 * When somebody stood there, as well as it can be told: by the server's clock where it was asked, else by the tablet's. Where
 * no phone showed the code at that moment, the clock is wrong or the question came late, and the code's own time is better.
 */
export function momentOf({ askedAtMs, scannedAtMs, slot }: TicketScan): number {
  const told = askedAtMs ?? scannedAtMs;
  return slot === null || Math.abs(slotAt(told) - slot) <= 1 ? told : (slot + 0.5) * slotMs;
}

/** Whether the pass was not the newest any more at the moment of the scan. */
export function isSuperseded({ epochs }: TicketFacts, scan: TicketScan): boolean {
  const { passEpoch } = scan;
  return passEpoch !== null && epochs.some(({ epoch, fromMs }) => epoch > passEpoch && fromMs <= momentOf(scan));
}

/**
 * The passages that a ticket's scans stand for. What an old pass let in says nothing of whoever holds the ticket now, and is
 * by hand as well: its holder is looked at, and not refused.
 */
export function passagesOf(facts: TicketFacts): Passage[] {
  return facts.scans.flatMap((scan) => {
    const counted = countsAs(scan);
    if (counted === null) return [];
    const { id: scanId, gateId, direction } = scan;
    const byHand = counted === "by_hand" || isSuperseded(facts, scan);
    return [{ scanId, gateId, direction, atMs: momentOf(scan), byHand }];
  });
}

/** Let in with nothing that counts for a ticket; known once the tablet's own record is there. */
export const isWithoutTicket = (scan: ScanFacts & { readonly direction: Direction }): boolean =>
  scan.uploaded && scan.direction === "in" && wentThrough(scan) && countsAs(scan) === null;
