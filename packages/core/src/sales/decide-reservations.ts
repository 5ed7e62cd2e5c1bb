import type { BasketLine, ErrorCode, ErrorDetails, Facts, order, PurchaseLimits } from "@tessera/contracts";
import { isOnSale, type OfferTerms } from "../catalogue/offer.ts";

/** One buyer's wish. The ids that its order would get are made before, so that deciding stays pure. */
export type ReservationRequest = {
  accountId: string;
  idempotencyKey: string;
  /** SHA-256 of the wish, hex: the same key with another wish is refused. */
  bodyHash: string;
  orderId: string;
  lines: readonly BasketLine[];
};

/** What is known when a batch is decided: read after its locks were taken, and so true until it commits. */
export type ReservationState = {
  now: Date;
  limits: PurchaseLimits;
  offers: ReadonlyMap<string, OfferTerms>;
  /** Seats left, by seat pool. */
  left: ReadonlyMap<string, number>;
  /** Seats held or bought, by account and then by competition session. */
  seats: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Wishes granted before, by `keyOf`. */
  granted: ReadonlyMap<string, { bodyHash: string; orderId: string }>;
};

export type SeatsInPool = { seatPoolId: string; competitionSessionId: string; seats: number };

export type ReservationDecision =
  | { kind: "accepted"; request: ReservationRequest; totalCents: number; pools: readonly SeatsInPool[] }
  /** The same wish was granted before: the stored answer is given again. */
  | { kind: "replayed"; orderId: string }
  | { kind: "refused"; code: ErrorCode; details: ErrorDetails };

/** What a buyer is told: the order, new or granted before, or why not. */
export type ReservationAnswer =
  | { kind: "granted"; order: Facts<typeof order> }
  | Extract<ReservationDecision, { kind: "refused" }>;

/** Where reservations are gathered; one for each node. */
export type Reservations = { submit(request: ReservationRequest): Promise<ReservationAnswer> };

export const keyOf = (request: { accountId: string; idempotencyKey: string }): string =>
  `${request.accountId} ${request.idempotencyKey}`;

/**
 * Decides a batch in the order of arrival: each wish wholly or not at all, each on what those before it left. Pure; gives
 * one decision a request, in the same order. Promise: for every pool, the seats accepted are at most the seats left.
 */
export function decideReservations(
  requests: readonly ReservationRequest[],
  state: ReservationState,
): ReservationDecision[] {
  const left = new Map(state.left);
  const seats = new Map([...state.seats].map(([accountId, counts]) => [accountId, new Map(counts)]));
  const granted = new Map(state.granted);

  return requests.map((request) => {
    const before = granted.get(keyOf(request));
    if (before !== undefined) {
      return before.bodyHash === request.bodyHash
        ? { kind: "replayed", orderId: before.orderId }
        : refused("idempotency_key_reused");
    }
    const counts = seats.get(request.accountId) ?? new Map<string, number>();
    const decision = decideOne(request, { ...state, left }, counts);
    if (decision.kind !== "accepted") return decision;
    for (const pool of decision.pools) {
      left.set(pool.seatPoolId, (left.get(pool.seatPoolId) ?? 0) - pool.seats);
      counts.set(pool.competitionSessionId, (counts.get(pool.competitionSessionId) ?? 0) + pool.seats);
    }
    seats.set(request.accountId, counts);
    granted.set(keyOf(request), request);
    return decision;
  });
}

function decideOne(
  request: ReservationRequest,
  { now, limits, offers, left }: ReservationState,
  counts: ReadonlyMap<string, number>,
): ReservationDecision {
  const pools = new Map<string, SeatsInPool>();
  const wanted = new Map<string, { seats: number; ceremony: boolean }>();
  let totalCents = 0;

  for (const line of request.lines) {
    const offer = offers.get(line.offerId);
    if (offer === undefined || offer.state !== "published") {
      return refused("offer_withdrawn", { offerId: line.offerId });
    }
    if (!isOnSale(offer, now)) return refused("offer_not_on_sale", { offerId: line.offerId });
    if (offer.priceCents !== line.unitPriceCents) {
      return refused("price_changed", { offerId: line.offerId, priceCents: offer.priceCents });
    }
    if (line.quantity > offer.maxPerOrder) {
      return refused("limit_reached", { scope: "offer", limit: offer.maxPerOrder, offerId: line.offerId });
    }
    totalCents += offer.priceCents * line.quantity;
    const seats = offer.persons * line.quantity;
    for (const { seatPoolId, competitionSessionId, ceremony } of offer.entries) {
      const inPool = (pools.get(seatPoolId)?.seats ?? 0) + seats;
      const seatsLeft = left.get(seatPoolId) ?? 0;
      if (inPool > seatsLeft) return refused("sold_out", { offerId: line.offerId, left: seatsLeft });
      pools.set(seatPoolId, { seatPoolId, competitionSessionId, seats: inPool });
      wanted.set(competitionSessionId, { seats: (wanted.get(competitionSessionId)?.seats ?? 0) + seats, ceremony });
    }
  }

  const limit = limitReached(wanted, counts, limits);
  if (limit !== undefined) return refused("limit_reached", limit);

  return { kind: "accepted", request, totalCents, pools: [...pools.values()] };
}

/**
 * The first limit that an account would go over, with its scope and what the account has; undefined if none.
 *
 * @param wanted seats by competition session
 * @param counts seats held or bought, by competition session
 */
export function limitReached(
  wanted: ReadonlyMap<string, { seats: number; ceremony: boolean }>,
  counts: ReadonlyMap<string, number>,
  limits: PurchaseLimits,
): ErrorDetails | undefined {
  let games = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const [competitionSessionId, { seats, ceremony }] of wanted) {
    const has = counts.get(competitionSessionId) ?? 0;
    const limit = ceremony ? limits.ceremony : limits.competitionSession;
    if (has + seats > limit) {
      return { scope: ceremony ? "ceremony" : "competition_session", limit, has, competitionSessionId };
    }
    games += seats;
  }
  return games > limits.games ? { scope: "games", limit: limits.games, has: games } : undefined;
}

const refused = (code: ErrorCode, details: ErrorDetails = {}): ReservationDecision => ({
  kind: "refused",
  code,
  details,
});
