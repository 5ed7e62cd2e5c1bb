import { z } from "zod";
import { competitionSessionSummary } from "./catalogue.ts";
import { freeText, id, instant } from "./common.ts";
import { gate, outcome, reason } from "./gate.ts";
import { direction, scanMeans } from "./scan-records.ts";

/**
 * What a person must look at. `admitted_twice`: one ticket let in again by tablets that could not talk.
 * `relayed_code`: the very same code was shown in two places. `superseded_admitted`, `revoked_admitted`: an old list let in
 * what was handed on, or cancelled or blocked. `unknown_admitted`: let in, and no ticket of ours, or without its seal or
 * proof. `clock_wrong`: a tablet's clock and the proofs that it took disagree. `journal_contradiction`: a tablet sent two
 * different records under one number.
 */
export const incidentKinds = [
  "admitted_twice",
  "relayed_code",
  "superseded_admitted",
  "revoked_admitted",
  "unknown_admitted",
  "clock_wrong",
  "journal_contradiction",
] as const;
export const incidentKind = z.enum(incidentKinds);
export type IncidentKind = z.infer<typeof incidentKind>;

/** `open` until somebody wrote down what was done; `explained` when scans that came later show that nothing was wrong. */
export const incidentState = z.enum(["open", "done", "explained"]);

/** One scan that an incident is about. */
export const incidentScan = z.object({
  scanId: id,
  tablet: z.string(),
  gate,
  direction,
  means: scanMeans,
  /** Whether another scan of the incident was of the very same code. */
  sameCode: z.boolean(),
  /** Who was at work there. */
  staff: z.string().nullable(),
  at: instant,
  /** When the server heard of it. */
  receivedAt: instant,
  outcome: outcome.nullable(),
  reason: reason.nullable(),
  /** Whether the tablet decided without the server. */
  cutOff: z.boolean(),
  /** When the list was made that the tablet decided by; null without one, or until its record comes. */
  listMadeAt: instant.nullable(),
  /** Whether the person went through. */
  through: z.boolean(),
});

export const incident = z.object({
  id,
  kind: incidentKind,
  state: incidentState,
  competitionSession: competitionSessionSummary,
  foundAt: instant,
  ticket: z.object({ id, reference: z.string(), holderName: z.string(), orderId: id }).nullable(),
  scans: z.array(incidentScan),
  done: z.object({ at: instant, by: z.string(), note: z.string() }).nullable(),
});
export type Incident = z.output<typeof incident>;

export const incidentsInput = z.object({
  competitionSessionId: id.nullable(),
  state: incidentState.nullable(),
  before: id.nullable(),
});
export const incidents = z.object({ incidents: z.array(incident), more: z.boolean() });

export const incidentIdInput = z.object({ incidentId: id });
export const closeIncidentInput = z.object({ incidentId: id, note: freeText.trim().min(3).max(500) });

const counts = {
  /** People inside now: all who went in less all who went out. */
  inside: z.int(),
  entries: z.int(),
  exits: z.int(),
};

/** How many are where, as far as the server has heard. */
export const gateCounts = z.object({
  competitionSessionId: id,
  at: instant,
  ...counts,
  /** Tickets that somebody went in with, and those that could. */
  ticketsIn: z.int(),
  tickets: z.int(),
  checks: z.int(),
  refusals: z.int(),
  /** Went in without a ticket of ours. */
  withoutTicket: z.int(),
  byHand: z.int(),
  zones: z.array(z.object({ zone: z.int(), ...counts })),
  gates: z.array(z.object({ gate, ...counts, refusals: z.int(), scansLastMinute: z.int() })),
  openIncidents: z.int(),
  /** Numbers of records that tablets have and the server has not. */
  missingRecords: z.int(),
  /** Enrolled tablets of this competition session, and those heard within the last minute. */
  tablets: z.int(),
  tabletsInContact: z.int(),
});
export type GateCounts = z.output<typeof gateCounts>;

/** What changes while somebody looks on. */
export const gateLive = z.object({ counts: gateCounts, incidents: z.array(incident) });
export type GateLive = z.output<typeof gateLive>;

/** How gates work for one competition session. */
export const gatePolicy = z.object({
  /** Whether somebody who was scanned out may come in again. */
  reentry: z.enum(["never", "after_exit"]),
  /** Whom a tablet that is cut off lets in: everybody, or only tickets whose home gate is its own. */
  offlineAdmission: z.enum(["any", "home_gate"]),
  /** Seconds. */
  maxListAgeSeconds: z.int().min(60).max(86_400),
  /** What happens when the list is older. */
  listTooOld: z.enum(["check", "refuse"]),
});
export type GatePolicySettings = z.output<typeof gatePolicy>;
export const changeGatePolicyInput = z.object({ competitionSessionId: id, ...gatePolicy.shape });
/** `isDefault`: nobody has changed it. */
export const gatePolicyView = gatePolicy.extend({ isDefault: z.boolean() });
