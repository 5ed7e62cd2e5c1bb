import type { CompetitionSessionDetail, OfferView } from "@tessera/contracts";
import { expect, test } from "vitest";
import type { BasketLine } from "../../shared/basket/basket.ts";
import { atTodaysPrice, exactNewsOf, newsOf } from "./line-news.ts";

const offer: OfferView = {
  id: "duo-a",
  kind: "duo",
  persons: 2,
  name: null,
  category: "A",
  priceCents: 4800,
  currency: "EUR",
  availability: "available",
  alsoIn: [],
};

const line: BasketLine = { ...offer, offerId: offer.id, quantity: 1, unitPriceCents: 4800, entries: [] };

function catalogue(offers: OfferView[], state: "scheduled" | "cancelled" = "scheduled"): CompetitionSessionDetail {
  return {
    competitionSession: {
      id: "judo",
      code: "JUD01",
      disciplineCode: "JUD",
      discipline: "Judo",
      events: "",
      phases: "",
      medal: false,
      state,
      venueCode: "CDM",
      venue: "",
      city: "",
      timeZone: "Europe/Paris",
      startsAt: "2028-07-20T08:00:00.000Z",
      endsAt: "2028-07-20T11:00:00.000Z",
      gatesOpenAt: "2028-07-20T06:00:00.000Z",
    },
    categories: [{ category: "A", availability: "available", offers }],
    limits: { games: 30, competitionSession: 6, ceremony: 4 },
  };
}

test.each([
  ["as it was", catalogue([offer]), undefined],
  ["withdrawn", catalogue([{ ...offer, id: "another" }]), { kind: "gone" }],
  ["of a session that is cancelled", catalogue([offer], "cancelled"), { kind: "gone" }],
  ["sold out", catalogue([{ ...offer, availability: "sold_out" }]), { kind: "sold_out" }],
  ["dearer", catalogue([{ ...offer, priceCents: 5200 }]), { kind: "price", priceCents: 5200 }],
])("an offer %s", (_, now, news) => {
  expect(newsOf(line, now)).toEqual(news);
});

test("only news of its price changes what a line costs", () => {
  expect(atTodaysPrice(line, { kind: "price", priceCents: 5200 }).unitPriceCents).toBe(5200);
  expect(atTodaysPrice(line, { kind: "gone" })).toBe(line);
  expect(atTodaysPrice(line, undefined)).toBe(line);
});

const exact = { offerId: offer.id, left: 5, onSale: true, priceCents: 4800 };

test.each([
  ["all there", exact, 2, undefined],
  ["withdrawn", { ...exact, priceCents: null, onSale: false, left: 0 }, 0, { kind: "gone" }],
  ["not on sale now", { ...exact, onSale: false, left: 0 }, 0, { kind: "not_on_sale" }],
  ["sold out", { ...exact, left: 0 }, 0, { kind: "sold_out" }],
  ["nearly sold out", { ...exact, left: 1 }, 1, { kind: "fewer", left: 1 }],
  ["dearer", { ...exact, priceCents: 5200 }, 2, { kind: "price", priceCents: 5200 }],
  ["scarce and dearer, which is said first", { ...exact, priceCents: 5200 }, 1, { kind: "fewer", left: 1 }],
])("exactly: an offer %s", (_, now, units, news) => {
  expect(exactNewsOf({ ...line, quantity: 2 }, now, units)).toEqual(news);
});
