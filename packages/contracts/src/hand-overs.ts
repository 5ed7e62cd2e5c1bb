import { z } from "zod";
import { email } from "./accounts.ts";
import { category, competitionSessionSummary, offerKind } from "./catalogue.ts";
import { id, instant, localized } from "./common.ts";

/** `void`: the ticket was used, cancelled or blocked while it was offered. */
export const handOverStates = ["offered", "accepted", "refused", "taken_back", "expired", "void"] as const;
export const handOverState = z.enum(handOverStates);
export type HandOverState = z.infer<typeof handOverState>;

/** One ticket on its way from one account to another, as either of the two sees it. */
export const handOver = z.object({
  id,
  state: handOverState,
  direction: z.enum(["given", "received"]),
  /** Who it goes to, for the giver: the address. Who it comes from, for the receiver: the name. Null once forgotten. */
  other: z.string().nullable(),
  ticketId: id,
  ticketReference: z.string(),
  /** For the giver, when it was the buyer. */
  orderId: id.nullable(),
  offeredAt: instant,
  expiresAt: instant,
  endedAt: instant.nullable(),
  kind: offerKind,
  name: localized.nullable(),
  category,
  zone: z.int(),
  competitionSession: competitionSessionSummary.extend({ gatesOpenAt: instant }),
});
export type HandOver = z.output<typeof handOver>;

export const handOvers = z.array(handOver);

/** All are offered, or none. */
export const offerHandOversInput = z.object({
  offers: z
    .array(z.object({ ticketId: id, email }))
    .min(1)
    .max(30),
});

export const handOverIdsInput = z.object({ handOverIds: z.array(id).min(1).max(30) });
