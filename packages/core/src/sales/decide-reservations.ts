import type { BasketLine, ErrorCode, ErrorDetails, PurchaseLimits, Reservation } from "@tessera/contracts";
import { isOnSale, type OfferTerms } from "../catalogue/offer.ts";

/** What one buyer wants. */
export type ReservationWish = {
  accountId: string;
  idempotencyKey: string;
  /** SHA-256 of the wish, hex: the same key with another wish is refused. */
  bodyHash: string;
  lines: readonly BasketLine[];
  /** Of each line what can be had, instead of all lines or nothing. */
  partial: boolean;
};

/** What its order would be called is made before it is decided, so that deciding stays pure. */
export type ReservationRequest = ReservationWish & { orderId: string; reference: string };

/** Where reservations are gathered; one for each node. */
export type Reservations = {
  /** `retry`: it may have been granted before, and so is never refused from memory. */
  reserve(wish: Omit<ReservationWish, "bodyHash"> & { retry: boolean }): Promise<Reservation>;
  /** Whether wishes wait for those before them. */
  areWaiting(): boolean;
};

/** What is known when a batch is decided: read after its locks were taken, and so true until it commits. */
export type ReservationState = {
  now: Date;
  /** Until when what is granted is held. */
  holdExpiresAt: Date;
  limits: PurchaseLimits;
  offers: ReadonlyMap<string, OfferTerms>;
  /** Seats left, by seat pool. */
  left: ReadonlyMap<string, number>;
  /** Seats held, bought or received, by account and then by competition session. */
  seats: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Wishes granted before, by `keyOf`; null where the key was one of another operation. */
  granted: ReadonlyMap<string, { bodyHash: string; answer: Reservation } | null>;
};

type SeatsInPool = { seatPoolId: string; competitionSessionId: string; seats: number };

export type Refusal = { code: ErrorCode; details: ErrorDetails };

export type AcceptedReservation = {
  kind: "accepted";
  request: ReservationRequest;
  answer: Reservation;
  pools: readonly SeatsInPool[];
};

export type ReservationDecision =
  | AcceptedReservation
  /** The same wish was granted before: the stored answer is given again. */
  | { kind: "replayed"; answer: Reservation }
  | ({ kind: "refused" } & Refusal);

export const keyOf = (request: { accountId: string; idempotencyKey: string }): string =>
  `${request.accountId} ${request.idempotencyKey}`;

/**
 * Decides a batch in the order of arrival, each wish on what those before it left: wholly or not at all, or with the
 * buyer's consent what can be had of each line, in the order of the lines. Pure; gives one decision a request, in the
 * same order. Promise: for every pool, the seats accepted are at most the seats left.
 */
export function decideReservations(
  requests: readonly ReservationRequest[],
  state: ReservationState,
): ReservationDecision[] {
  const left = new Map(state.left);
  const seats = new Map(state.seats);
  const granted = new Map(state.granted);

  return requests.map((request) => {
    const key = keyOf(request);
    const before = granted.get(key);
    if (before !== undefined) {
      return before?.bodyHash === request.bodyHash
        ? { kind: "replayed", answer: before.answer }
        : { kind: "refused", code: "idempotency_key_reused", details: {} };
    }
    const counts = seats.get(request.accountId) ?? nothing;
    const decision = decideOne(request, { ...state, left }, counts);
    if (decision.kind !== "accepted") return decision;
    const counted = new Map(counts);
    for (const { seatPoolId, competitionSessionId, seats: more } of decision.pools) {
      left.set(seatPoolId, (left.get(seatPoolId) ?? 0) - more);
      counted.set(competitionSessionId, (counted.get(competitionSessionId) ?? 0) + more);
    }
    seats.set(request.accountId, counted);
    granted.set(key, { bodyHash: request.bodyHash, answer: decision.answer });
    return decision;
  });
}

const nothing: ReadonlyMap<string, number> = new Map();

function decideOne(
  request: ReservationRequest,
  state: ReservationState,
  counts: ReadonlyMap<string, number>,
): ReservationDecision {
  const taken = new Map<string, SeatsInPool>();
  const lines: Reservation["lines"] = [];
  let first: Refusal | undefined;
  let units = 0;
  let totalCents = 0;

  for (const { offerId, quantity, unitPriceCents } of request.lines) {
    const { granted, refusal, offer } = grantLine({ offerId, quantity, unitPriceCents }, state, counts, taken);
    if (refusal !== null) {
      first ??= refusal;
      if (!request.partial) break;
    }
    if (granted > 0 && offer !== undefined) {
      units += granted;
      totalCents += offer.priceCents * granted;
      take(taken, offer, granted);
    }
    lines.push({ offerId, quantity, granted, refusal });
  }

  if (first !== undefined && (!request.partial || units === 0)) return { kind: "refused", ...first };
  return {
    kind: "accepted",
    request,
    answer: {
      orderId: request.orderId,
      reference: request.reference,
      currency: "EUR",
      totalCents,
      holdExpiresAt: state.holdExpiresAt.toISOString(),
      lines,
    },
    pools: [...taken.values()],
  };
}

type GrantedLine = { granted: number; refusal: Refusal | null; offer: OfferTerms | undefined };

/** How many units of a line can be had beside what this wish has taken already; if fewer than wanted, why. */
function grantLine(
  { offerId, quantity, unitPriceCents }: BasketLine,
  { now, limits, offers, left }: ReservationState,
  counts: ReadonlyMap<string, number>,
  taken: ReadonlyMap<string, SeatsInPool>,
): GrantedLine {
  const offer = offers.get(offerId);
  const none = (code: ErrorCode, details: ErrorDetails): GrantedLine => ({
    granted: 0,
    refusal: { code, details },
    offer,
  });
  if (offer === undefined || offer.state !== "published") return none("offer_withdrawn", { offerId });
  if (!isOnSale(offer, now)) return none("offer_not_on_sale", { offerId });
  if (offer.priceCents !== unitPriceCents) return none("price_changed", { offerId, priceCents: offer.priceCents });

  let granted = quantity;
  let refusal: Refusal | null = null;
  /** What allows the fewest is the reason. */
  const atMost = (units: number, code: ErrorCode, details: () => ErrorDetails): void => {
    if (units >= granted) return;
    granted = Math.max(0, units);
    refusal = { code, details: details() };
  };

  atMost(offer.maxPerOrder, "limit_reached", () => ({ scope: "offer", limit: offer.maxPerOrder, offerId }));
  for (const { seatPoolId } of offer.entries) {
    const inPool = left.get(seatPoolId) ?? 0;
    const free = inPool - (taken.get(seatPoolId)?.seats ?? 0);
    atMost(Math.floor(free / offer.persons), "sold_out", () => ({ offerId, left: inPool }));
  }
  const unit = offer.entries.map((entry) => ({ ...entry, seats: offer.persons }));
  for (const { of, limit, has, details } of limitsOf(unit, limits, counts)) {
    const free = limit - has - seatsOf(taken, details.competitionSessionId);
    atMost(Math.floor(free / of), "limit_reached", () => ({ ...details, limit, has }));
  }
  return { granted, refusal, offer };
}

type AppliedLimit = {
  /** Seats of what is wanted that count for it. */
  of: number;
  limit: number;
  has: number;
  details: { scope: string; competitionSessionId?: string };
};

/**
 * The limits of an account that seats count for: of each of their competition sessions, then of the Games. They are kept
 * where `has + of` is at most `limit`.
 *
 * @param counts seats held, bought or received already, by competition session
 */
export function limitsOf(
  wanted: readonly { competitionSessionId: string; ceremony: boolean; seats: number }[],
  limits: PurchaseLimits,
  counts: ReadonlyMap<string, number>,
): AppliedLimit[] {
  const applied = new Map<string, AppliedLimit>();
  let all = 0;
  for (const { competitionSessionId, ceremony, seats } of wanted) {
    all += seats;
    const known = applied.get(competitionSessionId);
    if (known !== undefined) known.of += seats;
    else {
      applied.set(competitionSessionId, {
        of: seats,
        limit: ceremony ? limits.ceremony : limits.competitionSession,
        has: counts.get(competitionSessionId) ?? 0,
        details: { scope: ceremony ? "ceremony" : "competition_session", competitionSessionId },
      });
    }
  }
  const has = sum(counts.values());
  return [...applied.values(), { of: all, limit: limits.games, has, details: { scope: "games" } }];
}

/** Seats that a wish has taken so far: of one competition session, or of all. */
function seatsOf(taken: ReadonlyMap<string, SeatsInPool>, competitionSessionId: string | undefined): number {
  let seats = 0;
  for (const one of taken.values()) {
    if (competitionSessionId === undefined || one.competitionSessionId === competitionSessionId) seats += one.seats;
  }
  return seats;
}

function take(taken: Map<string, SeatsInPool>, offer: OfferTerms, units: number): void {
  for (const { seatPoolId, competitionSessionId } of offer.entries) {
    const seats = (taken.get(seatPoolId)?.seats ?? 0) + offer.persons * units;
    taken.set(seatPoolId, { seatPoolId, competitionSessionId, seats });
  }
}

function sum(counts: Iterable<number>): number {
  let all = 0;
  for (const count of counts) all += count;
  return all;
}
