import type { BasketLine } from "@tessera/contracts";
import { isOnSale, type OfferTerms } from "../catalogue/offer.ts";
import type { Refusal } from "./decide-reservations.ts";

/** As long as a node believes what it saw: whatever is given back or added anywhere is for sale a second later. */
const believedMs = 1000;

/** How many seats this node's batches have last seen in each pool. On the day, a thousand are refused for one who buys. */
type SeatsSeen = {
  note(left: ReadonlyMap<string, number>, at: Date): void;
  /** Why a wish is in vain, as the database would say; undefined where only the database can tell. */
  refusal(
    wish: { lines: readonly BasketLine[]; partial: boolean },
    offers: ReadonlyMap<string, OfferTerms>,
    now: Date,
  ): Refusal | undefined;
};

export function createSeatsSeen(): SeatsSeen {
  const seen = new Map<string, { left: number; at: number }>();

  /** Seats left in the pool that has the fewest for an offer; undefined where none was seen just now. */
  function fewestLeft(offer: OfferTerms, now: Date): number | undefined {
    let fewest: number | undefined;
    for (const { seatPoolId } of offer.entries) {
      const level = seen.get(seatPoolId);
      if (level === undefined) continue;
      const age = now.getTime() - level.at;
      // A clock set back must not keep what was seen.
      if (age >= 0 && age < believedMs && (fewest === undefined || level.left < fewest)) fewest = level.left;
    }
    return fewest;
  }

  return {
    note(left, at) {
      for (const [seatPoolId, seats] of left) seen.set(seatPoolId, { left: seats, at: at.getTime() });
    },
    refusal({ lines, partial }, offers, now) {
      let first: Refusal | undefined;
      for (const line of lines) {
        const refusal = refusalOfLine(line, partial ? 1 : line.quantity, offers.get(line.offerId), now);
        if (refusal === undefined && partial) return undefined;
        first ??= refusal;
      }
      return first;
    },
  };

  function refusalOfLine(
    { offerId, unitPriceCents }: BasketLine,
    needed: number,
    offer: OfferTerms | undefined,
    now: Date,
  ): Refusal | undefined {
    const left = offer && fewestLeft(offer, now);
    if (offer === undefined || left === undefined) return undefined;
    const units = Math.floor(left / offer.persons);
    if (units >= needed) return undefined;
    // Where there may be another reason before this one, the database tells.
    const isOnlyReason = units < offer.maxPerOrder && offer.priceCents === unitPriceCents && isOnSale(offer, now);
    return isOnlyReason ? { code: "sold_out", details: { offerId, left } } : undefined;
  }
}
