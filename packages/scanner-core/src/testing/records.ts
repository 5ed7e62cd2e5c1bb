import type { Entry, NewRecord } from "../journal-entries.ts";
import { competitionSessionId, gate, nowMs, shiftId, ticketId } from "./known-gate.ts";

/** When records are made, as they say it. */
export const at = new Date(nowMs).toISOString();

/** A yes at the known gate, unless it is told otherwise. */
export const scanRecord = (change: Partial<Extract<NewRecord, { kind: "scan" }>> = {}): NewRecord => ({
  kind: "scan",
  shiftId,
  at,
  competitionSessionId,
  gateId: gate.id,
  direction: "in",
  means: "camera",
  code: "TSR1:",
  ticketId: null,
  outcome: "admit",
  reason: "admitted",
  shown: "admit",
  confirmed: false,
  listNumber: 1,
  cutOff: true,
  clockInDoubt: false,
  ...change,
});

/** A record of the known ticket that is as it will be. */
export const kept = {
  state: "kept",
  subject: { ticketId, byHand: false, atMs: nowMs },
} as const satisfies Pick<Entry, "state" | "subject">;
