import type { Category, CompetitionSessionSummary, OfferView, Order, PurchaseLimits } from "@tessera/contracts";

/** What the basket remembers of a competition session, so that it can be read without the server. */
export type BasketEntry = {
  readonly category: Category;
  readonly competitionSession: Pick<
    CompetitionSessionSummary,
    "id" | "code" | "disciplineCode" | "discipline" | "events" | "venue" | "city" | "timeZone" | "startsAt" | "endsAt"
  >;
};

/** One offer as the visitor saw it; `unitPriceCents` is what the server compares with today's price. */
export type BasketLine = Pick<OfferView, "kind" | "persons" | "name" | "currency"> & {
  readonly offerId: string;
  readonly quantity: number;
  readonly unitPriceCents: number;
  readonly entries: readonly BasketEntry[];
};

/** A try to reserve that was sent and has no definite answer yet. */
export type Attempt = {
  readonly idempotencyKey: string;
  /** The visitor has agreed to get only what is left. */
  readonly partial: boolean;
};

export type Basket = {
  readonly lines: readonly BasketLine[];
  /**
   * The wish to reserve exactly these lines. It stays until the server has given a definite answer, so that trying again
   * after a lost one does not set seats aside twice; any change of the lines is another wish.
   */
  readonly attempt: Attempt | null;
};

export const emptyBasket: Basket = { lines: [], attempt: null };

/** Adds `line`; an offer that is there already gets more of it, at the price seen last. */
export function addLine(basket: Basket, line: BasketLine): Basket {
  const there = basket.lines.find(({ offerId }) => offerId === line.offerId);
  if (there === undefined) return changed([...basket.lines, line]);
  const more = { ...line, quantity: there.quantity + line.quantity };
  return changed(basket.lines.map((each) => (each === there ? more : each)));
}

/** Sets how many of an offer are wanted; none removes the line. */
export function setQuantity(basket: Basket, offerId: string, quantity: number): Basket {
  const lines = basket.lines.map((line) => (line.offerId === offerId ? { ...line, quantity } : line));
  return changed(lines.filter((line) => line.quantity > 0));
}

/** The visitor has seen the new price of an offer and wants it all the same. */
export function acceptPrice(basket: Basket, offerId: string, unitPriceCents: number): Basket {
  return changed(basket.lines.map((line) => (line.offerId === offerId ? { ...line, unitPriceCents } : line)));
}

/** The lines of an order whose seats were released, as a basket again. */
export function linesOfOrder(order: Order): BasketLine[] {
  return order.lines.map(({ offerId, kind, persons, name, quantity, unitPriceCents, entries }) => {
    return { offerId, kind, persons, name, quantity, unitPriceCents, entries, currency: order.currency };
  });
}

/**
 * What remains once `lines` were reserved under `idempotencyKey`: nothing, or what was put in meanwhile in another tab.
 */
export function afterReservation(
  basket: Basket,
  idempotencyKey: string,
  lines: readonly { readonly offerId: string; readonly quantity: number }[],
): Basket {
  if (basket.attempt?.idempotencyKey === idempotencyKey) return emptyBasket;
  const left = basket.lines.map((line) => {
    const reserved = lines.find(({ offerId }) => offerId === line.offerId)?.quantity ?? 0;
    return { ...line, quantity: line.quantity - reserved };
  });
  return { ...basket, lines: left.filter(({ quantity }) => quantity > 0) };
}

export function totalCents(lines: readonly BasketLine[]): number {
  return lines.reduce((sum, line) => sum + line.unitPriceCents * line.quantity, 0);
}

/** Tickets that the lines give: a duo gives two, and a package one for each of its competition sessions. */
export function seatCount(lines: readonly BasketLine[]): number {
  return lines.reduce((sum, line) => sum + line.persons * line.quantity * line.entries.length, 0);
}

export const ceremonyCode = "CER";

/** The most seats of one competition session that an account may hold. */
function limitOf(entry: BasketEntry, limits: PurchaseLimits): number {
  return entry.competitionSession.disciplineCode === ceremonyCode ? limits.ceremony : limits.competitionSession;
}

/**
 * How many more units like `line` the limits leave room for beside `lines`; without end while they are not known. What the
 * account has already bought is known to the server alone, which has the last word.
 */
export function unitsLeft(lines: readonly BasketLine[], line: BasketLine, limits: PurchaseLimits | undefined): number {
  if (limits === undefined) return Infinity;
  const left = line.entries.map((entry) => {
    const taken = seatsIn(lines, entry.competitionSession.id);
    return limitOf(entry, limits) - taken;
  });
  const inGames = (limits.games - seatCount(lines)) / line.entries.length;
  return Math.max(0, Math.floor(Math.min(inGames, ...left) / line.persons));
}

function seatsIn(lines: readonly BasketLine[], competitionSessionId: string): number {
  let seats = 0;
  for (const { entries, persons, quantity } of lines) {
    const times = entries.filter(({ competitionSession }) => competitionSession.id === competitionSessionId).length;
    seats += times * persons * quantity;
  }
  return seats;
}

const changed = (lines: readonly BasketLine[]): Basket => ({ lines, attempt: null });
