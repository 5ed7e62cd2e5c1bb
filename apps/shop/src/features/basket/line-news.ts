import type { CompetitionSessionDetail } from "@tessera/contracts";
import type { BasketLine } from "../../shared/basket/basket.ts";
import type { ExactOffer } from "./obtainable.ts";

/** What has become of an offer since it was put in the basket, worst first. */
export type LineNews =
  | { readonly kind: "gone" | "not_on_sale" | "sold_out" }
  | { readonly kind: "fewer"; readonly left: number }
  | { readonly kind: "price"; readonly priceCents: number };

/**
 * Compares a line with the catalogue of one of its competition sessions as everybody sees it.
 *
 * @returns undefined when it is as the visitor saw it
 */
export function newsOf(
  line: BasketLine,
  { competitionSession, categories }: Pick<CompetitionSessionDetail, "competitionSession" | "categories">,
): LineNews | undefined {
  const offer = categories.flatMap(({ offers }) => offers).find(({ id }) => id === line.offerId);
  if (offer === undefined || competitionSession.state === "cancelled") return { kind: "gone" };
  if (offer.availability === "sold_out") return { kind: "sold_out" };
  if (offer.priceCents !== line.unitPriceCents) return { kind: "price", priceCents: offer.priceCents };
  return undefined;
}

/**
 * Compares a line with what is exactly left.
 *
 * @param units how many of it can be had, beside the lines before it
 */
export function exactNewsOf(line: BasketLine, exact: ExactOffer, units: number): LineNews | undefined {
  if (exact.priceCents === null) return { kind: "gone" };
  if (!exact.onSale) return { kind: "not_on_sale" };
  if (units === 0) return { kind: "sold_out" };
  if (units < line.quantity) return { kind: "fewer", left: units };
  if (exact.priceCents !== line.unitPriceCents) return { kind: "price", priceCents: exact.priceCents };
  return undefined;
}

/** A line at today's price. */
export function atTodaysPrice(line: BasketLine, news: LineNews | undefined): BasketLine {
  return news?.kind === "price" ? { ...line, unitPriceCents: news.priceCents } : line;
}
