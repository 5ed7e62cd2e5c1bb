import { z } from "zod";
import { displayName } from "./accounts.ts";
import { category, competitionSessionSummary, offerKind } from "./catalogue.ts";
import { base64url, type Facts, id, instant, localized } from "./common.ts";

export const ticketStates = ["issued", "admitted", "cancelled"] as const;
export const ticketState = z.enum(ticketStates);
export type TicketState = z.infer<typeof ticketState>;

export const ticket = z.object({
  id,
  /** Ten characters for people: staff can look a ticket up by it. */
  reference: z.string(),
  state: ticketState,
  /** Null for a ticket that somebody else bought. */
  orderId: id.nullable(),
  orderReference: z.string().nullable(),
  kind: offerKind,
  name: localized.nullable(),
  category,
  zone: z.int(),
  /** Where its holder goes in: a tablet that is cut off may admit nobody elsewhere. Null where no gate leads to its zone. */
  gate: z.object({ code: z.string(), name: z.string() }).nullable(),
  holderName: z.string(),
  epoch: z.int(),
  /** By an admin: no gate lets it in until that is lifted. */
  blocked: z.boolean(),
  competitionSession: competitionSessionSummary.extend({ gatesOpenAt: instant }),
  /**
   * `elsewhere` is for the browser to find out: the server only knows the key of the device that has it. `paper`: the
   * newest pass was printed, and a device that activates the ticket makes the print worthless.
   */
  activation: z.object({
    state: z.enum(["not_open", "open", "active", "paper", "closed"]),
    opensAt: instant,
    closesAt: instant,
    devicePublicKey: base64url.nullable(),
    /** How often it may still change its device or go onto paper within 24 hours, and of how many. */
    movesLeft: z.int(),
    movesLimit: z.int(),
    /** When one more is possible; null while there are some left. */
    nextMoveAt: instant.nullable(),
  }),
  /** Whether it can be offered to somebody, and printed, and until when; `offered` names the open offer. */
  handOver: z.object({
    state: z.enum(["open", "offered", "closed", "forbidden"]),
    closesAt: instant,
    offered: z.object({ id, email: z.string(), expiresAt: instant }).nullable(),
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
/** Printing kills the code on the phone, as activating kills the print. */
export const printInput = z.object({
  tickets: z
    .array(z.object({ ticketId: id, expectedEpoch: z.int().min(0) }))
    .min(1)
    .max(30),
});
/** One PDF, a page for each ticket. It is made for this answer and stored nowhere. */
export const printedTickets = z.object({
  fileName: z.string(),
  pdf: base64url,
  tickets: z.array(z.object({ ticketId: id, epoch: z.int() })),
});

/** What a page of it says. `code` is the text of its QR code. */
export type PaperTicket = Pick<
  Facts<typeof ticket>,
  "reference" | "category" | "zone" | "gate" | "holderName" | "competitionSession"
> & { code: string };

/** Who goes in with a ticket that stays on the holder's phone; null gives it the holder's own name again. */
export const nameCompanionInput = z.object({ ticketId: id, name: displayName.nullable() });

export const activatedPasses = z.array(z.object({ ticketId: id, epoch: z.int(), pass: base64url }));
