import type { DecisionRecord, ScanRecord, TabletRecord, Uploaded } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { askScan } from "../gate/scans/ask-scan.ts";
import { takeRecords } from "../gate/scans/take-records.ts";
import { gatesOf } from "./at-the-gate.ts";
import { enrolTablet } from "./tablets.ts";

type Role = Parameters<typeof enrolTablet>[1]["role"];

/** A tablet at a gate of a competition session (`ATH01` unless told) that writes down what it scans, and uploads it. */
export async function openJournal(
  ctx: CoreContext,
  {
    code: sessionCode = "ATH01",
    gate = 0,
    role = "staff",
  }: { code?: string; gate?: number; role?: NonNullable<Role> } = {},
) {
  const { competitionSessionId, gates } = await gatesOf(ctx, sessionCode);
  const gateId = gates[gate]?.id ?? "";
  const tablet = await enrolTablet(ctx, { gateId, competitionSessionIds: [competitionSessionId], role });
  const { scanner, shift } = tablet;
  let last = 0;
  const numbered = () => ({ number: (last += 1), shiftId: shift.id, at: ctx.clock().toISOString() });
  return {
    ...tablet,
    gateId,
    competitionSessionId,
    /** A code that was let in without a network, unless told otherwise. */
    scanned: (code: string | null, change: Partial<ScanRecord> = {}): ScanRecord => ({
      kind: "scan",
      ...numbered(),
      competitionSessionId,
      gateId,
      direction: "in",
      means: code === null ? "search" : "camera",
      code,
      ticketId: null,
      outcome: "admit",
      reason: "admitted",
      shown: "admit",
      confirmed: false,
      listNumber: 1,
      cutOff: true,
      clockInDoubt: false,
      ...change,
    }),
    /** What a person decided about a scan: to let in, unless told otherwise. */
    decided: (scan: { number: number }, change: Partial<DecisionRecord> = {}): DecisionRecord => ({
      kind: "decision",
      ...numbered(),
      scan: scan.number,
      admit: true,
      override: false,
      note: null,
      ...change,
    }),
    corrected: (correctionMs: number): TabletRecord => ({ kind: "clock", ...numbered(), correctionMs }),
    /** Asks the server about a scan before it is uploaded. */
    ask: async ({ kind: _kind, outcome: _outcome, reason: _reason, ...scan }: ScanRecord) => {
      const {
        shown: _shown,
        confirmed: _confirmed,
        listNumber: _list,
        cutOff: _cutOff,
        clockInDoubt: _in,
        ...question
      } = scan;
      return askScan(ctx, scanner, question);
    },
    upload: async (...records: readonly TabletRecord[]): Promise<Uploaded> =>
      takeRecords(ctx, scanner, { records: await Promise.all(records.map(tablet.record)) }),
  };
}
