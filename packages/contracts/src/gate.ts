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

/** What a scanner knows of one competition session's tickets. Digests are 12 bytes (DESIGN section 5). */
export const list = z.object({
  gamesId: z.string(),
  /** The list knows all that had happened by then, and perhaps more. */
  madeAt: instant,
  /** The server's clock as it answered: a list may have been made for another tablet a moment before. */
  answeredAt: instant,
  competitionSession: competitionSessionSummary.extend({ number: z.int() }),
  window: z.object({ opensAt: instant, closesAt: instant }),
  zones: z.array(z.int()),
  maxAgeSeconds: z.int(),
  /** A compromised key counts only for a pass that the list has. */
  issuerKeys: z.array(z.object({ id: z.int(), publicKey: base64url, compromised: z.boolean() })),
  tickets: z.array(
    z.object({
      id,
      state: z.enum(["good", "revoked", "blocked"]),
      epoch: z.int(),
      zone: z.int(),
      category,
      holderName: z.string(),
      kind: offerKind,
      name: localized.nullable(),
      passDigest: base64url.nullable(),
      nextTokenDigest: base64url,
      admitted: z.object({ at: instant, gate }).nullable(),
    }),
  ),
});
export type List = z.output<typeof list>;

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
