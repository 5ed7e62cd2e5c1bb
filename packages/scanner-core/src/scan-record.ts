import type { ScanMeans, ScanRecord } from "@tessera/contracts";
import type { Here, LocalDecision } from "./decide-here.ts";

/** As much of a code as a record holds; what is longer is none of ours. */
const longestCode = 1000;
/** As much of its JSON as a record has room for. One of ours is as long as the code. */
const longestText = 2000;
/** What is kept of a code of signs that JSON writes with six. */
const shortCode = 300;

/** A code as it is written down: cut where no record would have room for it, which none of ours is. */
export function writtenCode(code: string): string {
  const cut = code.slice(0, longestCode);
  return JSON.stringify(cut).length > longestText ? cut.slice(0, shortCode) : cut;
}

type Place = Pick<ScanRecord, "shiftId" | "competitionSessionId">;

/** What is written down of a scan before anything is said: what the screen says is added where the server is not asked. */
export function recordOf(
  { means, code }: { readonly means: ScanMeans; readonly code: string | null },
  { subject, decision: { outcome, reason } }: LocalDecision,
  { list, gateId, direction, nowMs, clockInDoubt, cutOff }: Here,
  { shiftId, competitionSessionId, asks }: Place & { readonly asks: boolean },
): Omit<ScanRecord, "number"> {
  return {
    kind: "scan",
    shiftId,
    at: new Date(nowMs).toISOString(),
    competitionSessionId,
    gateId,
    direction,
    means,
    code: code === null ? null : writtenCode(code),
    ticketId: code === null ? subject.ticketId : null,
    outcome,
    reason,
    shown: asks ? null : outcome,
    confirmed: false,
    listNumber: list.number,
    cutOff,
    clockInDoubt,
  };
}
