import { expect, test } from "vitest";
import type { BasketEntry, BasketLine } from "../../shared/basket/basket.ts";
import { type ExactOffer, obtainable, toldBy } from "./obtainable.ts";

function entry(code: string, category: BasketEntry["category"]): BasketEntry {
  return {
    category,
    competitionSession: {
      id: code,
      code,
      disciplineCode: code.slice(0, 3),
      discipline: "",
      events: "",
      venue: "",
      city: "",
      timeZone: "Europe/Paris",
      startsAt: "2028-07-20T08:00:00.000Z",
      endsAt: "2028-07-20T11:00:00.000Z",
    },
  };
}

function line(offerId: string, persons: number, quantity: number, entries = [entry("ATH01", "A")]): BasketLine {
  const kind = persons === 1 ? "solo" : persons === 2 ? "duo" : "group";
  return { offerId, kind, persons, quantity, entries, name: null, currency: "EUR", unitPriceCents: 100 };
}

/** What is left, by offer, all on sale. */
function left(counts: Record<string, number>): ReadonlyMap<string, ExactOffer> {
  return new Map(
    Object.entries(counts).map(([offerId, count]) => [
      offerId,
      { offerId, left: count, onSale: true, priceCents: 100 },
    ]),
  );
}

const had = (lines: readonly BasketLine[], exact: ReadonlyMap<string, ExactOffer>): Record<string, number> =>
  Object.fromEntries(obtainable(lines, exact));

test("as many as wanted, or as are left", () => {
  expect(had([line("solo", 1, 3)], left({ solo: 9 }))).toEqual({ solo: 3 });
  expect(had([line("solo", 1, 3)], left({ solo: 2 }))).toEqual({ solo: 2 });
  expect(had([line("solo", 1, 3)], left({ solo: 0 }))).toEqual({ solo: 0 });
});

test("offers of one category do not count the same seats twice", () => {
  expect(had([line("solo", 1, 3), line("duo", 2, 2)], left({ solo: 5, duo: 2 }))).toEqual({ solo: 3, duo: 1 });
});

test("a package needs its seat in each competition session", () => {
  const pack = line("pack", 1, 2, [entry("ATH01", "A"), entry("ATH02", "B")]);
  expect(had([line("solo", 1, 3), pack], left({ solo: 4, pack: 4 }))).toEqual({ solo: 3, pack: 1 });
  const elsewhere = line("other", 1, 3, [entry("ATH02", "C")]);
  expect(had([elsewhere, pack], left({ other: 3, pack: 4 }))).toEqual({ other: 3, pack: 2 });
});

test("nothing of what is not on sale, and no guess of what is not known", () => {
  const exact = new Map([["solo", { offerId: "solo", left: 0, onSale: false, priceCents: 100 }]]);
  expect(had([line("solo", 1, 1), line("duo", 2, 1)], exact)).toEqual({ solo: 0 });
});

test("a refusal knows better than an answer from a second ago", () => {
  const lines = [line("solo", 1, 3), line("duo", 2, 2)];
  const before = left({ solo: 9, duo: 9 });
  const soldOut = toldBy({ errorCode: "sold_out", details: { offerId: "duo", left: 3 } }, lines, before);
  expect(soldOut.get("duo")).toMatchObject({ left: 1, onSale: true });
  expect(soldOut.get("solo")).toEqual(before.get("solo"));
  const gone = toldBy({ errorCode: "offer_withdrawn", details: { offerId: "solo" } }, lines, before);
  expect(gone.get("solo")).toMatchObject({ left: 0, onSale: false });
  expect(toldBy({ errorCode: "limit_reached", details: { offerId: "solo", limit: 2 } }, lines, before)).toBe(before);
});
