import { expect, test } from "vitest";
import {
  parseEnrolSearch,
  parseGateSearch,
  parseIncidentsSearch,
  parseJournalSearch,
  parseOffersSearch,
  parseOrdersSearch,
  parseSalesSearch,
} from "./addresses.ts";

test("an address that a page has made is read back", () => {
  const offers = { search: "ATH05", state: "draft", discipline: "ATH", page: 3 } as const;
  expect(parseOffersSearch(offers)).toEqual(offers);
  const sales = { search: "stade", by: "sessions", sort: "tickets", page: 2 } as const;
  expect(parseSalesSearch(sales)).toEqual(sales);
});

test.for([
  [{ page: 1, search: "" }, {}],
  [{ page: "2" }, { page: 2 }],
  [{ page: -1 }, {}],
  [{ page: 1.5 }, {}],
  [{ page: "many" }, {}],
  [{ search: 100 }, { search: "100" }],
  [{ search: ["a"] }, {}],
  [{ search: "x".repeat(200) }, { search: "x".repeat(80) }],
  [{ state: "deleted", discipline: "athletics" }, {}],
  [{ page: -5, state: "banana", search: "judo" }, { search: "judo" }],
] as const)(
  "of %j only what makes sense is kept, also once the router has laid it over the address",
  ([raw, expected]) => {
    expect({ ...raw, ...parseOffersSearch(raw) }).toEqual(expected);
  },
);

test("an unknown order or grouping is the usual one", () => {
  const raw = { by: "venues", sort: "name", page: 0 };
  expect({ ...raw, ...parseSalesSearch(raw) }).toEqual({});
});

test("a journal is filtered by an act and an account that there can be", () => {
  const journal = { action: "offer.published", person: "0199f0a3-5b1c-7d2e-8f3a-0123456789ab" } as const;
  expect(parseJournalSearch(journal)).toEqual(journal);
  const raw = { action: "offer.burnt", person: "somebody" };
  expect({ ...raw, ...parseJournalSearch(raw) }).toEqual({});
});

test("orders are filtered by a state that there is", () => {
  const orders = { search: "ada@", state: "partly_refunded", page: 2 } as const;
  expect(parseOrdersSearch(orders)).toEqual(orders);
  const raw = { state: "published", page: "0" };
  expect({ ...raw, ...parseOrdersSearch(raw) }).toEqual({});
});

test("the pages of the gates take ids, and a state that incidents have", () => {
  const id = "0199f0a3-5b1c-7d2e-8f3a-0123456789ab";
  expect(parseGateSearch({ session: id })).toEqual({ session: id });
  expect(parseIncidentsSearch({ session: id, state: "explained" })).toEqual({ session: id, state: "explained" });
  expect(parseEnrolSearch({ tablet: id })).toEqual({ tablet: id });
  const raw = { session: 5, state: "held", tablet: "B2" };
  expect({ ...raw, ...parseIncidentsSearch(raw), ...parseEnrolSearch(raw) }).toEqual({});
});
