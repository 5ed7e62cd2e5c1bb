import { z } from "zod";
import { category, competitionSessionSummary, offerKind } from "./catalogue.ts";
import { base64url, id, instant, localized } from "./common.ts";
import { outcomes, reasonCodes } from "./reason-codes.ts";

export const outcome = z.enum(outcomes);
export const reason = z.enum(reasonCodes);

export const gate = z.object({ id, code: z.string(), name: z.string() });
export type Gate = z.output<typeof gate>;

/** What a volunteer chooses from at the start of a shift. */
export const gateCompetitionSessions = z.array(
  z.object({ competitionSession: competitionSessionSummary, gates: z.array(gate) }),
);

export const listPartInput = z
  .object({
    competitionSessionId: id,
    /** Where the part before says to go on from; null for a fresh list. */
    cursor: z.string().max(200).nullable(),
    /** For a further page of a fresh list: the number of its first one, this one's index, and the last ticket before. */
    after: z.object({ first: z.int().min(0), index: z.int().min(1).max(10_000), ticketId: id }).nullable(),
    /** The highest number that the tablet has taken: what it is given is not older. */
    above: z.int().min(0),
  })
  .refine(({ cursor, after }) => cursor === null || after === null);
export type ListPartInput = z.infer<typeof listPartInput>;

/**
 * A part of what a scanner knows of one competition session's tickets, signed by the list key. What the text says is told
 * in `packages/pass`: nobody reads it before they have checked who signed it.
 */
export const listPart = z.object({
  body: z.string(),
  keyId: z.int(),
  /** 64 bytes. */
  signature: base64url,
  /** The server's clock as it answered: a part may have been made for another tablet a moment before. */
  answeredAt: instant,
  /** How many tickets a fresh list has; null for what has changed. For whoever waits: nothing is decided by it. */
  total: z.int().min(0).nullable(),
});
export type ListPart = z.output<typeof listPart>;

export const verdict = z.object({
  outcome,
  reason,
  /** Who stands there, when the code named a ticket that we know. */
  ticket: z
    .object({
      id,
      reference: z.string(),
      holderName: z.string(),
      kind: offerKind,
      name: localized.nullable(),
      category,
      zone: z.int(),
      competitionSession: competitionSessionSummary,
    })
    .nullable(),
  /** The passage that stands in the way. */
  first: z.object({ at: instant, gate }).nullable(),
  decidedAt: instant,
});
export type Verdict = z.output<typeof verdict>;

/** The server's clock, so that a tablet or a phone can follow it. */
export const serverTime = z.object({ now: instant });
