import type { ApiErrorData, ErrorCode, ExactAvailability } from "@tessera/contracts";
import type { BasketLine } from "../../shared/basket/basket.ts";

/** What can be had of an offer right now. */
export type ExactOffer = ExactAvailability[number];

/**
 * How many units of each line can be had now, by offer: in the order of the lines, as the server decides it, so that two
 * offers of one category do not count the same seats twice. Lines that nothing is known of are left out. The limits of an
 * account are the server's to know.
 */
export function obtainable(
  lines: readonly BasketLine[],
  exact: ReadonlyMap<string, ExactOffer>,
): ReadonlyMap<string, number> {
  const seats = seatsInPools(lines, exact);
  const units = new Map<string, number>();
  for (const { offerId, quantity, persons, entries } of lines) {
    const known = exact.get(offerId);
    if (known === undefined) continue;
    const pools = entries.map(poolOf);
    const fit = pools.map((pool) => Math.floor((seats.get(pool) ?? 0) / persons));
    const had = known.onSale ? Math.min(quantity, known.left, ...fit) : 0;
    units.set(offerId, had);
    for (const pool of pools) seats.set(pool, (seats.get(pool) ?? 0) - had * persons);
  }
  return units;
}

const unavailable: readonly ErrorCode[] = ["offer_withdrawn", "offer_not_on_sale"];

/**
 * What is left, with what a refusal has just told of one line: it is newer than what everybody may know. Anything else
 * that was refused says nothing of seats, and leaves all as it is.
 */
export function toldBy(
  refusal: Pick<ApiErrorData, "errorCode" | "details">,
  lines: readonly BasketLine[],
  exact: ReadonlyMap<string, ExactOffer>,
): ReadonlyMap<string, ExactOffer> {
  const line = lines.find(({ offerId }) => offerId === refusal.details["offerId"]);
  if (line === undefined) return exact;
  const seats = Number(refusal.details["left"]);
  const gone = unavailable.includes(refusal.errorCode);
  if (!gone && (refusal.errorCode !== "sold_out" || !Number.isFinite(seats))) return exact;
  const known = exact.get(line.offerId);
  const left = gone ? 0 : Math.min(known?.left ?? Infinity, Math.floor(seats / line.persons));
  const { offerId, unitPriceCents: priceCents } = line;
  return new Map(exact).set(offerId, { priceCents, ...known, offerId, left, onSale: !gone });
}

/** Seats left in each pool, as far as the units of its offers say it: never more than there are. */
function seatsInPools(lines: readonly BasketLine[], exact: ReadonlyMap<string, ExactOffer>): Map<string, number> {
  const seats = new Map<string, number>();
  for (const { offerId, persons, entries } of lines) {
    const atLeast = (exact.get(offerId)?.left ?? 0) * persons;
    for (const pool of entries.map(poolOf)) seats.set(pool, Math.max(seats.get(pool) ?? 0, atLeast));
  }
  return seats;
}

const poolOf = ({ competitionSession, category }: BasketLine["entries"][number]): string =>
  `${competitionSession.id} ${category}`;
