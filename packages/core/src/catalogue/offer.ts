import type { Availability, Category, OfferKind, OfferState } from "@tessera/contracts";
import type { OfferTermsRow } from "./offer-terms.queries.ts";
import { toCategory, toOfferName, toOfferState } from "./rows.ts";

/** What an offer is, for deciding whether it can be bought now. */
export type OfferTerms = {
  id: string;
  kind: OfferKind;
  persons: number;
  name: { fr: string; en: string } | null;
  priceCents: number;
  state: OfferState;
  salesOpenAt: Date | null;
  salesCloseAt: Date | null;
  maxPerOrder: number;
  /** One entry, or several for a package over several competition sessions. Each takes `persons` seats. */
  entries: readonly OfferEntry[];
};

export type OfferEntry = {
  seatPoolId: string;
  competitionSessionId: string;
  category: Category;
  ceremony: boolean;
  /** Not cancelled. */
  scheduled: boolean;
  /** Sold until it is over: whoever comes late may still want to see the end. */
  endsAt: Date;
};

/** Published, within its window, and for competition sessions that still take place. */
export function isOnSale(offer: OfferTerms, now: Date): boolean {
  return (
    offer.state === "published" &&
    (offer.salesOpenAt === null || offer.salesOpenAt <= now) &&
    (offer.salesCloseAt === null || now < offer.salesCloseAt) &&
    offer.entries.length > 0 &&
    offer.entries.every((entry) => entry.scheduled && now < entry.endsAt)
  );
}

/** Below this part of the capacity, or this many seats, few are left. */
const fewShare = 0.05;
const fewSeats = 12;

/** Coarse steps for everyone: `sold_out` when not even one unit of `seats` fits. */
export function availabilityOf(pool: { capacity: number; taken: number }, seats: number): Availability {
  const left = pool.capacity - pool.taken;
  if (left < seats) return "sold_out";
  return left <= Math.max(fewSeats, pool.capacity * fewShare) ? "few" : "available";
}

const order: readonly Availability[] = ["available", "few", "sold_out"];

/** The best of several: a competition session is sold out only when everything in it is. */
export function bestAvailability(steps: readonly Availability[]): Availability {
  return order.find((step) => steps.includes(step)) ?? "sold_out";
}

/** The worst of several: a package is as scarce as its scarcest part. */
export function worstAvailability(steps: readonly Availability[]): Availability {
  return order.findLast((step) => steps.includes(step)) ?? "sold_out";
}

/** Offers by id, in the order of the rows, of which each offer has one for every entry. */
export function toOfferTerms(rows: readonly OfferTermsRow[]): Map<string, OfferTerms> {
  const offers = new Map<string, OfferTerms & { entries: OfferEntry[] }>();
  for (const row of rows) {
    const offer = offers.get(row.id) ?? {
      id: row.id,
      ...toOfferName(row),
      priceCents: row.price_cents,
      state: toOfferState(row.state),
      salesOpenAt: row.sales_open_at,
      salesCloseAt: row.sales_close_at,
      maxPerOrder: row.max_per_order,
      entries: [],
    };
    offer.entries.push({
      seatPoolId: row.seat_pool_id,
      competitionSessionId: row.competition_session_id,
      category: toCategory(row.category),
      ceremony: row.ceremony,
      scheduled: row.competition_session_state === "scheduled",
      endsAt: row.ends_at,
    });
    offers.set(row.id, offer);
  }
  return offers;
}
