import type { OfferTerms } from "../catalogue/offer.ts";
import type { ReservationRequest, ReservationState } from "../sales/decide-reservations.ts";

// Offers, pools and wishes for trying the decision alone, without a database.

export const now = new Date("2028-07-01T10:00:00Z");
const holdExpiresAt = new Date("2028-07-01T10:15:00Z");
export const later = new Date("2028-07-20T10:00:00Z");
export const limits = { games: 12, competitionSession: 6, ceremony: 4 };

export const offer = (
  id: string,
  persons: number,
  pools: readonly string[],
  other: Partial<OfferTerms> = {},
): OfferTerms => ({
  id,
  kind: "group",
  persons,
  name: null,
  priceCents: 1000 * persons,
  state: "published",
  salesOpenAt: null,
  salesCloseAt: null,
  maxPerOrder: 5,
  entries: pools.map((seatPoolId) => ({
    seatPoolId,
    // Two pools are of one competition session.
    competitionSessionId: `session of ${seatPoolId === "p4" ? "p3" : seatPoolId}`,
    category: "A",
    ceremony: seatPoolId === "ceremony",
    scheduled: true,
    endsAt: later,
  })),
  ...other,
});

export const offers = new Map(
  [
    offer("solo", 1, ["p1"]),
    offer("duo", 2, ["p1"]),
    offer("family", 4, ["p2"]),
    offer("package", 1, ["p1", "p2", "p3"]),
    offer("both", 1, ["p3", "p4"]),
    offer("opening", 2, ["ceremony"]),
    offer("withdrawn", 1, ["p1"], { state: "withdrawn" }),
    offer("closed", 1, ["p1"], { salesCloseAt: now }),
  ].map((one) => [one.id, one]),
);
export const poolIds = ["p1", "p2", "p3", "p4", "ceremony"] as const;

export const state = (other: Partial<ReservationState> = {}): ReservationState => ({
  now,
  holdExpiresAt,
  limits,
  offers,
  left: new Map(poolIds.map((id): [string, number] => [id, 10])),
  seats: new Map(),
  granted: new Map(),
  ...other,
});

let made = 0;
export const request = (
  lines: readonly (readonly [offerId: string, quantity: number])[],
  other: Partial<ReservationRequest> = {},
): ReservationRequest => {
  made += 1;
  return {
    accountId: `buyer ${made}`,
    idempotencyKey: `key ${made}`,
    bodyHash: JSON.stringify(lines),
    partial: false,
    orderId: `order ${made}`,
    reference: `reference ${made}`,
    lines: lines.map(([offerId, quantity]) => ({
      offerId,
      quantity,
      unitPriceCents: offers.get(offerId)?.priceCents ?? 0,
    })),
    ...other,
  };
};
