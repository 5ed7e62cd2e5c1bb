import { expect, test } from "vitest";
import type { BasketLine } from "./basket.ts";
import { readBasket } from "./read-basket.ts";

const competitionSession = {
  id: "0198a3f0-0000-7000-8000-000000000002",
  code: "ATH01",
  disciplineCode: "ATH",
  discipline: "Athletics",
  events: "Heats",
  venue: "Stadium",
  city: "Paris",
  timeZone: "Europe/Paris",
  startsAt: "2028-07-20T08:00:00.000Z",
  endsAt: "2028-07-20T11:00:00.000Z",
};
const good: BasketLine = {
  offerId: "0198a3f0-0000-7000-8000-000000000001",
  kind: "duo",
  persons: 2,
  name: { fr: "Deux soirs", en: "Two evenings" },
  currency: "EUR",
  quantity: 30,
  unitPriceCents: 4800,
  entries: [{ category: "A", competitionSession }],
};
const attempt = { idempotencyKey: "0198a3f0-0000-7000-8000-000000000003", partial: false };

test("what the shop has written is read as it was", () => {
  const basket = { lines: [good, { ...good, name: null, quantity: 1 }], attempt };
  expect(readBasket(JSON.parse(JSON.stringify(basket)))).toEqual(basket);
});

test.for([
  ["less than none", { quantity: -5 }],
  ["none", { quantity: 0 }],
  ["a billion", { quantity: 1e9 }],
  ["more than an order has", { quantity: 31 }],
  ["half of one", { quantity: 0.5 }],
  ["a number as text", { quantity: "2" }],
  ["a price below nothing", { unitPriceCents: -1 }],
  ["an unknown kind", { kind: "trio" }],
  ["nobody", { persons: 0 }],
  ["a name that is none", { name: "Two evenings" }],
  ["another currency", { currency: "USD" }],
  ["no competition session", { entries: [] }],
  ["rubbish for an entry", { entries: [{}] }],
  ["an unknown category", { entries: [{ category: "Z", competitionSession }] }],
  [
    "a time zone that there is not",
    { entries: [{ category: "A", competitionSession: { ...competitionSession, timeZone: "Mars" } }] },
  ],
  [
    "a moment that is none",
    { entries: [{ category: "A", competitionSession: { ...competitionSession, startsAt: "soon" } }] },
  ],
] as const)("a line with %s is dropped, the others stay, and they are another wish", ([, wrong]) => {
  expect(readBasket({ lines: [{ ...good, ...wrong }, good], attempt })).toEqual({ lines: [good], attempt: null });
});

test.for([null, 7, "basket", [], {}, { lines: "none" }])("%j is no basket", (value) => {
  expect(readBasket(value)).toBeUndefined();
});
