import { z } from "zod";
import { cents, currency, freeText, id, instant, instantInput, localized } from "./common.ts";
import { purchaseLimits } from "./purchase-limits.ts";

export const categories = ["A", "B", "C", "D", "E"] as const;
export const category = z.enum(categories);
export type Category = z.infer<typeof category>;

export const offerKinds = ["solo", "duo", "family", "group"] as const;
export const offerKind = z.enum(offerKinds);
export type OfferKind = z.infer<typeof offerKind>;

/** How many tickets one unit of a kind gives; `group` says its own number. */
export const personsOfKind: Record<Exclude<OfferKind, "group">, number> = { solo: 1, duo: 2, family: 4 };

export const offerStates = ["draft", "published", "withdrawn"] as const;
export const offerState = z.enum(offerStates);
export type OfferState = z.infer<typeof offerState>;

/** Coarse on purpose: everybody may know it, and it may be a second old. */
export const availability = z.enum(["available", "few", "sold_out"]);
export type Availability = z.infer<typeof availability>;

export const competitionSessionStates = ["scheduled", "cancelled"] as const;
export const competitionSessionState = z.enum(competitionSessionStates);

export const competitionSessionCode = z.string().regex(/^[A-Z0-9]{3}\d{2,3}$/);

/** A competition session as a row of the timetable or the head of a ticket. */
export const competitionSessionSummary = z.object({
  id,
  code: z.string(),
  disciplineCode: z.string(),
  discipline: z.string(),
  events: z.string(),
  medal: z.boolean(),
  state: competitionSessionState,
  venueCode: z.string(),
  venue: z.string(),
  city: z.string(),
  timeZone: z.string(),
  startsAt: instant,
  endsAt: instant,
});
export type CompetitionSessionSummary = z.output<typeof competitionSessionSummary>;

export const programmeRow = competitionSessionSummary.extend({
  /** The lowest price a person pays, over everything on sale; null when nothing is. */
  fromCents: cents.nullable(),
  availability,
});
export type ProgrammeRow = z.output<typeof programmeRow>;

export const programme = z.object({
  /** Null before the first import of a programme. */
  gamesName: localized.nullable(),
  currency,
  competitionSessions: z.array(programmeRow),
  /** On sale now: offers that let one person into several competition sessions, given by their codes. */
  packages: z.array(
    z.object({ offerId: id, name: localized, priceCents: cents, competitionSessionCodes: z.array(z.string()) }),
  ),
});
export type Programme = z.output<typeof programme>;

export const offerView = z.object({
  id,
  kind: offerKind,
  persons: z.int().min(1).max(20),
  /** Null for the standard offers: the interface names them by kind. */
  name: localized.nullable(),
  category,
  priceCents: cents,
  currency,
  availability,
  /** Of a package: what else it lets into. Empty for all others. */
  alsoIn: z.array(z.object({ competitionSession: competitionSessionSummary, category })),
});
export type OfferView = z.output<typeof offerView>;

export const competitionSessionDetail = z.object({
  competitionSession: competitionSessionSummary.extend({ phases: z.string(), gatesOpenAt: instant }),
  categories: z.array(z.object({ category, availability, offers: z.array(offerView) })),
  /** What one account may have, so that nobody chooses in vain. */
  limits: purchaseLimits,
});
export type CompetitionSessionDetail = z.output<typeof competitionSessionDetail>;

export const competitionSessionInput = z.object({ code: competitionSessionCode });

// The dashboard's side.

export const adminOffer = z.object({
  id,
  kind: offerKind,
  persons: z.int(),
  name: localized.nullable(),
  state: offerState,
  priceCents: cents,
  currency,
  salesOpenAt: instant.nullable(),
  salesCloseAt: instant.nullable(),
  maxPerOrder: z.int(),
  /** Raised with each change; an update names the one it saw, so that two admins do not overwrite each other. */
  version: z.int(),
  unitsSold: z.int(),
  entries: z.array(
    z.object({
      competitionSession: competitionSessionSummary,
      category,
      seatPoolId: id,
      capacity: z.int(),
      taken: z.int(),
    }),
  ),
});
export type AdminOffer = z.output<typeof adminOffer>;

export const page = z.object({ page: z.int().min(1).default(1), pageSize: z.int().min(1).max(100).default(25) });

export const offersInput = page.extend({
  search: freeText.trim().max(80).default(""),
  state: offerState.optional(),
  disciplineCode: freeText.max(3).optional(),
});
export const offersPage = z.object({ total: z.int(), offers: z.array(adminOffer) });

const offerTerms = z.object({
  name: localized.nullable(),
  priceCents: cents,
  salesOpenAt: instantInput.nullable(),
  salesCloseAt: instantInput.nullable(),
  maxPerOrder: z.int().min(1).max(30),
});
const windowIsOrdered = (terms: { salesOpenAt: string | null; salesCloseAt: string | null }): boolean =>
  terms.salesOpenAt === null ||
  terms.salesCloseAt === null ||
  Date.parse(terms.salesOpenAt) < Date.parse(terms.salesCloseAt);
const windowMessage = { message: "sales_window_reversed", path: ["salesCloseAt"] };

export const createOfferInput = offerTerms
  .extend({
    /** One, or several for a package: each of another competition session. */
    seatPoolIds: z.array(id).min(1).max(10),
    kind: offerKind,
    persons: z.int().min(1).max(20),
  })
  .refine(({ seatPoolIds }) => new Set(seatPoolIds).size === seatPoolIds.length, {
    message: "same_seat_pool_twice",
    path: ["seatPoolIds"],
  })
  .refine(({ seatPoolIds, name }) => seatPoolIds.length === 1 || name !== null, {
    message: "package_without_name",
    path: ["name"],
  })
  .refine(windowIsOrdered, windowMessage)
  .refine((offer) => offer.kind === "group" || offer.persons === personsOfKind[offer.kind], {
    message: "persons_do_not_fit_kind",
    path: ["persons"],
  });

export const updateOfferInput = offerTerms
  .extend({ offerId: id, version: z.int() })
  .refine(windowIsOrdered, windowMessage);

export const offerIdInput = z.object({ offerId: id });
export const offerChangeInput = z.object({ offerId: id, version: z.int() });

/** What an offer can be made in. */
export const seatPoolsInput = z.object({ search: freeText.trim().max(80).default("") });
export const seatPools = z.array(
  z.object({
    seatPoolId: id,
    competitionSession: competitionSessionSummary,
    category,
    capacity: z.int(),
    taken: z.int(),
  }),
);

// A competition session as organisers see it.

export const competitionSessionIdInput = z.object({ competitionSessionId: id });
export const changeHandOverInput = z.object({ competitionSessionId: id, allowed: z.boolean() });
/** The code is typed by whoever cancels, so that nobody cancels another one than they think; the note is for the staff. */
export const cancelCompetitionSessionInput = z.object({
  competitionSessionId: id,
  code: freeText.trim().toUpperCase().max(10),
  note: freeText.trim().min(1).max(500),
});

const amounts = z.object({ orders: z.int(), tickets: z.int(), amountCents: cents });

export const adminCompetitionSession = z.object({
  competitionSession: competitionSessionSummary.extend({ phases: z.string(), gatesOpenAt: instant }),
  currency,
  categories: z.array(
    z.object({
      seatPoolId: id,
      category,
      capacity: z.int(),
      taken: z.int(),
      /** Of the seats taken, those that wait for their payment. */
      held: z.int(),
      /** Tickets that are good, admitted or not. */
      sold: z.int(),
      admitted: z.int(),
    }),
  ),
  handOver: z.object({
    allowed: z.boolean(),
    /** From when on nobody can hand over or print, whatever is allowed. */
    closesAt: instant,
    /** Tickets that are offered to somebody now. */
    offered: z.int(),
  }),
  cancelled: z
    .object({
      at: instant,
      /** The name is today's; null when the account is gone. */
      by: z.object({ id, displayName: z.string().nullable() }).nullable(),
      note: z.string(),
      /** When nothing was left to be paid back. */
      paidBackAt: instant.nullable(),
    })
    .nullable(),
  /** What there is to be paid back: by a cancellation, or still after it. Orders that wait for their payment are released. */
  owed: amounts.extend({ unpaidOrders: z.int() }),
  /** What was paid back since it was cancelled, with refunds by how far their money has come. */
  paidBack: amounts.extend({ refunds: z.object({ underWay: z.int(), succeeded: z.int(), failed: z.int() }) }),
  /** Those that the provider has refused, the oldest first; 100 at most. */
  failedRefunds: z.array(z.object({ refundId: id, orderId: id, reference: z.string(), amountCents: cents })),
});
export type AdminCompetitionSession = z.output<typeof adminCompetitionSession>;

// Capacity: never below what is taken, and a large change is made by two admins.

/** A change of more than this, in percent of what the capacity was a day ago, waits for a second admin. */
export const capacityChangeAlonePercent = 5;

export const capacityChangeStates = ["awaiting_approval", "applied", "rejected"] as const;

export const changeCapacityInput = z.object({
  seatPoolId: id,
  capacity: z.int().min(0).max(1_000_000),
  /** What the admin saw: refused with `conflict` if it has changed meanwhile. */
  from: z.int(),
});
export const capacityChange = z.object({
  id,
  seatPoolId: id,
  competitionSession: competitionSessionSummary,
  category,
  fromCapacity: z.int(),
  toCapacity: z.int(),
  /** Today's. */
  capacity: z.int(),
  taken: z.int(),
  state: z.enum(capacityChangeStates),
  requestedBy: z.object({ id, displayName: z.string().nullable() }),
  requestedAt: instant,
  decidedBy: z.object({ id, displayName: z.string().nullable() }).nullable(),
  decidedAt: instant.nullable(),
});
export type CapacityChange = z.output<typeof capacityChange>;
/** Those that wait first, then the newest; 100 at most. */
export const capacityChanges = z.array(capacityChange);
export const capacityChangeIdInput = z.object({ changeId: id });
