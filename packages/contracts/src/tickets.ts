import { z } from "zod";
import { category, competitionSessionSummary, offerKind } from "./catalogue.ts";
import { base64url, id, instant, localized } from "./common.ts";

export const ticketStates = ["issued", "admitted", "cancelled"] as const;
export const ticketState = z.enum(ticketStates);
export type TicketState = z.infer<typeof ticketState>;

export const ticket = z.object({
  id,
  /** Ten characters for people: staff can look a ticket up by it. */
  reference: z.string(),
  state: ticketState,
  orderId: id,
  orderReference: z.string(),
  kind: offerKind,
  name: localized.nullable(),
  category,
  zone: z.int(),
  holderName: z.string(),
  epoch: z.int(),
  /** By an admin: no gate lets it in until that is lifted. */
  blocked: z.boolean(),
  competitionSession: competitionSessionSummary.extend({ gatesOpenAt: instant }),
  /** `elsewhere` is for the browser to find out: the server only knows the key of the device that has it. */
  activation: z.object({
    state: z.enum(["not_open", "open", "active", "closed"]),
    opensAt: instant,
    devicePublicKey: base64url.nullable(),
  }),
});
export type Ticket = z.output<typeof ticket>;

export const tickets = z.array(ticket);

export const ticketsInput = z.object({ orderId: id.optional() });

export const activationChallengesInput = z.object({ ticketIds: z.array(id).min(1).max(30) });
export const activationChallenges = z.array(
  z.object({ ticketId: id, accountId: id, expectedEpoch: z.int(), challenge: base64url, expiresAt: instant }),
);

/** `signature` is the device key's over `activationMessage` of @tessera/pass. */
export const activateInput = z.object({
  tickets: z
    .array(
      z.object({
        ticketId: id,
        expectedEpoch: z.int().min(0),
        challenge: base64url,
        devicePublicKey: base64url,
        signature: base64url,
        /** The browser has no Ed25519 of its own: the seed lies under a non-extractable AES key. */
        soft: z.boolean(),
      }),
    )
    .min(1)
    .max(30),
});
export const activatedPasses = z.array(z.object({ ticketId: id, epoch: z.int(), pass: base64url }));
