import { describe, expect, test } from "vitest";
import {
  acceptPrice,
  addLine,
  afterReservation,
  type BasketLine,
  emptyBasket,
  seatCount,
  setQuantity,
  totalCents,
  unitsLeft,
} from "./basket.ts";

const limits = { games: 30, competitionSession: 6, ceremony: 4 };

function line(offerId: string, over: Partial<BasketLine> = {}, competitionSession = "ATH01"): BasketLine {
  const disciplineCode = competitionSession.slice(0, 3);
  return {
    offerId,
    kind: "solo",
    persons: 1,
    name: null,
    currency: "EUR",
    quantity: 1,
    unitPriceCents: 2400,
    entries: [
      {
        category: "A",
        competitionSession: {
          id: competitionSession,
          code: competitionSession,
          disciplineCode,
          discipline: "",
          events: "",
          venue: "",
          city: "",
          timeZone: "Europe/Paris",
          startsAt: "2028-07-20T08:00:00.000Z",
          endsAt: "2028-07-20T11:00:00.000Z",
        },
      },
    ],
    ...over,
  };
}

const duo = { kind: "duo", persons: 2 } as const;
const family = { kind: "family", persons: 4 } as const;

describe("the lines", () => {
  test("an offer stands on one line, at the price seen last", () => {
    const once = addLine(emptyBasket, line("a", { quantity: 2 }));
    const twice = addLine(once, line("a", { unitPriceCents: 2600 }));
    expect(twice.lines).toEqual([line("a", { quantity: 3, unitPriceCents: 2600 })]);
  });

  test("the total is in cents, and seats count persons", () => {
    const { lines } = addLine(
      addLine(emptyBasket, line("a", { ...duo, quantity: 2, unitPriceCents: 4511 })),
      line("b"),
    );
    expect(totalCents(lines)).toBe(2 * 4511 + 2400);
    expect(seatCount(lines)).toBe(5);
  });

  test("none removes a line", () => {
    expect(setQuantity(addLine(emptyBasket, line("a")), "a", 0).lines).toEqual([]);
  });

  test.each([
    ["another line", addLine],
    ["another quantity", (basket: typeof emptyBasket) => setQuantity(basket, "a", 2)],
    ["another price", (basket: typeof emptyBasket) => acceptPrice(basket, "a", 2500)],
  ])("%s is another wish, with a key of its own", (_, change) => {
    const tried = { ...addLine(emptyBasket, line("a")), attempt: { idempotencyKey: "tried", partial: false } };
    expect(change(tried, line("b")).attempt).toBeNull();
  });
});

describe("the limits", () => {
  test("six seats of one competition session, whatever the offer", () => {
    expect(unitsLeft([], line("a"), limits)).toBe(6);
    expect(unitsLeft([line("a", family)], line("b", duo), limits)).toBe(1);
    expect(unitsLeft([line("a", family)], line("c", family), limits)).toBe(0);
  });

  test("four of a ceremony", () => {
    expect(unitsLeft([], line("a", {}, "CER01"), limits)).toBe(4);
    expect(unitsLeft([], line("a", duo, "CER01"), limits)).toBe(2);
  });

  test("thirty for the Games", () => {
    const lines = ["ATH01", "ATH02", "ATH03", "ATH04"].map((code) => line(code, { quantity: 6 }, code));
    expect(unitsLeft([...lines, line("e", { quantity: 5 }, "ATH05")], line("f", {}, "ATH06"), limits)).toBe(1);
  });

  test("nothing is left, never less than nothing", () => {
    expect(unitsLeft([line("a", { quantity: 9 })], line("a"), limits)).toBe(0);
  });
});

describe("after a reservation", () => {
  const wished = [line("a", { quantity: 2 })];
  const tried = { lines: wished, attempt: { idempotencyKey: "tried", partial: false } };

  test("nothing is left of what was wished for, whatever part of it was granted", () => {
    expect(afterReservation(tried, "tried", wished)).toEqual(emptyBasket);
  });

  test("what was put in meanwhile in another tab stays", () => {
    const changedMeanwhile = addLine(addLine(tried, line("a")), line("b"));
    expect(afterReservation(changedMeanwhile, "tried", wished).lines).toEqual([line("a", { quantity: 1 }), line("b")]);
  });
});

test("limits that are not known yet forbid nothing", () => {
  expect(unitsLeft([line("a", { quantity: 99 })], line("a"), undefined)).toBe(Infinity);
});
