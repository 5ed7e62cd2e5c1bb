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

export const listInput = z.object({ competitionSessionId: id });

/**
 * What a scanner knows of one competition session's tickets, signed by the list key. What the text says is told in
 * `packages/pass`: nobody reads it before they have checked who signed it.
 */
export const list = z.object({
  body: z.string(),
  keyId: z.int(),
  /** 64 bytes. */
  signature: base64url,
  /** The server's clock as it answered: a list may have been made for another tablet a moment before. */
  answeredAt: instant,
});
export type List = z.output<typeof list>;

/** Whose lists a tablet takes at first; each list says whose it takes from then on. */
export const listKeys = z.object({
  gamesId: z.string(),
  /** 32 bytes each. */
  keys: z.array(z.object({ id: z.int(), publicKey: base64url })),
});
export type ListKeys = z.output<typeof listKeys>;

export const scanInput = z.object({
  competitionSessionId: id,
  gateId: id,
  /** Exactly what was read, nothing trimmed: base45 has spaces. */
  code: z.string().max(1000),
  /** Made by the tablet for each reading: the same nonce is the same scan, whenever it arrives. */
  nonce: z.uuid(),
  /** By the tablet's clock, which follows the server's. */
  scannedAt: z.iso.datetime(),
});
export type ScanInput = z.infer<typeof scanInput>;

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
  /** The admission that this one would repeat. */
  first: z.object({ at: instant, gate }).nullable(),
  decidedAt: instant,
});
export type Verdict = z.output<typeof verdict>;

/** The server's clock, so that a tablet or a phone can follow it. */
export const serverTime = z.object({ now: instant });
