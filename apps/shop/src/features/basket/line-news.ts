import type { CompetitionSessionDetail } from "@tessera/contracts";
import type { BasketLine } from "../../shared/basket/basket.ts";

/** What has become of an offer since it was put in the basket. */
export type LineNews =
  | { readonly kind: "gone" }
  | { readonly kind: "sold_out" }
  | { readonly kind: "price"; readonly priceCents: number };

/**
 * Compares a line with the catalogue of one of its competition sessions as it is now.
 *
 * @returns undefined when it is as the visitor saw it
 */
export function newsOf(
  line: BasketLine,
  { competitionSession, categories }: CompetitionSessionDetail,
): LineNews | undefined {
  const offer = categories.flatMap(({ offers }) => offers).find(({ id }) => id === line.offerId);
  if (offer === undefined || competitionSession.state === "cancelled") return { kind: "gone" };
  if (offer.availability === "sold_out") return { kind: "sold_out" };
  if (offer.priceCents !== line.unitPriceCents) return { kind: "price", priceCents: offer.priceCents };
  return undefined;
}

/** A line at today's price. */
export function atTodaysPrice(line: BasketLine, news: LineNews | undefined): BasketLine {
  return news?.kind === "price" ? { ...line, unitPriceCents: news.priceCents } : line;
}
