import { z } from "zod";
import { base64url, freeText, id } from "./common.ts";
import { outcome, reason } from "./gate.ts";

export const directions = ["in", "out"] as const;
export const direction = z.enum(directions);
export type Direction = z.infer<typeof direction>;

/** How a scan came about. `search`: no code was read, a person was found by name or reference. */
export const scanMeans = z.enum(["camera", "wedge", "typed", "search"]);
export type ScanMeans = z.infer<typeof scanMeans>;

const numbered = {
  /** Rises by one from record to record of a tablet, from 1, with no gap: it names the record for good. */
  number: z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  shiftId: id,
  /** By the tablet's clock, which follows the server's. */
  at: z.iso.datetime(),
};

const scanFields = {
  ...numbered,
  competitionSessionId: id,
  gateId: id,
  direction,
  means: scanMeans,
  /** Exactly what was read, nothing trimmed: base45 has spaces. Null when somebody was looked up. */
  code: z.string().max(1000).nullable(),
  /** Whom the search found; null with a code. */
  ticketId: id.nullable(),
};

/** What the server is asked while a person waits: may this one go through? Nothing was shown yet. */
export const scanQuestion = z.object(scanFields);
export type ScanQuestion = z.infer<typeof scanQuestion>;

/** One reading of a code, or one search, with what the tablet made of it and what its screen said. */
export const scanRecord = z.object({
  kind: z.literal("scan"),
  ...scanFields,
  /** The tablet's own decision. */
  outcome,
  reason,
  /** What the screen said; null when the app was killed before it said anything. */
  shown: outcome.nullable(),
  /** Whether that was the server's answer; otherwise the tablet's own. */
  confirmed: z.boolean(),
  /** The list that it was decided by; null without one. */
  listNumber: z.int().nullable(),
  /** No contact: nobody was asked. */
  cutOff: z.boolean(),
  clockInDoubt: z.boolean(),
});
export type ScanRecord = z.infer<typeof scanRecord>;

/** What a person decided after a look: on a `check` whoever is at the gate, against a refusal a supervisor. */
export const decisionRecord = z.object({
  kind: z.literal("decision"),
  ...numbered,
  /** The number of the scan that it is about. */
  scan: z.int().min(1),
  admit: z.boolean(),
  /** Against what the screen said: `shiftId` is then a supervisor's, and `note` says why. */
  override: z.boolean(),
  note: freeText.trim().max(200).nullable(),
});
export type DecisionRecord = z.infer<typeof decisionRecord>;

/** A supervisor has set the tablet's clock right, by proofs that agree. */
export const clockRecord = z.object({
  kind: z.literal("clock"),
  ...numbered,
  /** What was added, milliseconds. */
  correctionMs: z.int().min(-1e12).max(1e12),
});

/** What a tablet writes down, before anybody sees what it says. */
export const tabletRecord = z.discriminatedUnion("kind", [scanRecord, decisionRecord, clockRecord]);
export type TabletRecord = z.infer<typeof tabletRecord>;

/** A record as it travels: its text to the letter (JSON), and the tablet's signature over it (`recordMessage`). */
export const signedRecord = z.object({ body: z.string().max(4000), signature: base64url.max(100) });
export type SignedRecord = z.infer<typeof signedRecord>;

export const mostRecords = 200;
export const uploadInput = z.object({ records: z.array(signedRecord).min(1).max(mostRecords) });

/**
 * What became of an upload: `taken` are safe with the server, now or before, and need not be sent again; `refused` will
 * never be taken as they are.
 */
export const uploaded = z.object({
  taken: z.array(z.int()),
  refused: z.array(
    z.object({
      /** Its place in the upload: a torn record has no number. */
      index: z.int(),
      why: z.enum(["torn", "bad_signature", "not_assigned", "unknown_shift", "contradicts"]),
    }),
  ),
});
export type Uploaded = z.output<typeof uploaded>;
