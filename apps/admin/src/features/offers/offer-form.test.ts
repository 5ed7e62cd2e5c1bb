import type { AdminOffer } from "@tessera/contracts";
import { expect, test } from "vitest";
import { editedOffer, editedPackage, newOffer, personsOf, termsOf, valuesOf } from "./offer-form.ts";

const typed = { nameFr: "", nameEn: "", price: "24,50", salesOpenAt: "", salesCloseAt: "", maxPerOrder: "6" };

const issuesOf = (values: unknown) =>
  editedOffer.safeParse(values).error?.issues.map(({ path, message }) => [path.join("."), message]);

test("what is typed becomes what the API takes, by the venue's clocks", () => {
  const values = { ...typed, nameFr: " Écoles ", nameEn: "Schools", salesOpenAt: "2028-05-01T10:00" };
  expect(termsOf(editedOffer.parse(values), "America/Los_Angeles")).toEqual({
    name: { fr: "Écoles", en: "Schools" },
    priceCents: 24_50,
    salesOpenAt: "2028-05-01T17:00:00.000Z",
    salesCloseAt: null,
    maxPerOrder: 6,
  });
});

test("an offer shown in the form and saved untouched is the same offer", () => {
  const offer: AdminOffer = {
    id: "0198a3f0-0000-7000-8000-000000000001",
    kind: "group",
    persons: 12,
    name: { fr: "Écoles", en: "Schools" },
    state: "draft",
    priceCents: 210_05,
    currency: "EUR",
    salesOpenAt: "2028-05-01T17:00:00.000Z",
    salesCloseAt: "2028-07-14T23:59:00.000Z",
    maxPerOrder: 2,
    version: 3,
    unitsSold: 0,
    entries: [],
  };
  for (const locale of ["fr", "en"] as const) {
    const { name, priceCents, salesOpenAt, salesCloseAt, maxPerOrder } = offer;
    expect(termsOf(editedOffer.parse(valuesOf(offer, locale)), "UTC")).toEqual({
      name,
      priceCents,
      salesOpenAt,
      salesCloseAt,
      maxPerOrder,
    });
  }
});

test("a name is given in both languages or in none", () => {
  expect(issuesOf({ ...typed, nameFr: "Écoles" })).toEqual([["nameEn", "name_in_both"]]);
  expect(issuesOf({ ...typed, nameEn: "Schools" })).toEqual([["nameFr", "name_in_both"]]);
  expect(issuesOf(typed)).toBeUndefined();
});

test("everything that is wrong is said at once", () => {
  const window = { salesOpenAt: "2028-07-02T10:00", salesCloseAt: "2028-07-01T10:00" };
  expect(issuesOf({ ...typed, ...window, price: "free", nameFr: "Écoles" })).toEqual([
    ["price", "price_unreadable"],
    ["nameEn", "name_in_both"],
    ["salesCloseAt", "sales_window_reversed"],
  ]);
});

test("a new offer needs a seat pool", () => {
  const read = newOffer.safeParse({ ...typed, seatPoolIds: [], kind: "solo", persons: "1" });
  expect(read.error?.issues.map(({ path }) => path.join("."))).toEqual(["seatPoolIds"]);
});

test("a package needs a name, made or edited", () => {
  const made = { ...typed, kind: "solo", persons: "1" };
  const read = newOffer.safeParse({ ...made, seatPoolIds: ["one", "other"], price: "free" });
  expect(read.error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["price", "price_unreadable"],
    ["nameFr", "package_without_name"],
  ]);
  expect(newOffer.safeParse({ ...made, seatPoolIds: ["one"] }).success).toBe(true);
  expect(editedPackage.safeParse(typed).success).toBe(false);
  expect(editedPackage.safeParse({ ...typed, nameFr: "Deux soirs", nameEn: "Two evenings" }).success).toBe(true);
});

test("only a group says how many persons it is for", () => {
  expect((["solo", "duo", "family", "group"] as const).map((kind) => personsOf(kind, 12))).toEqual([1, 2, 4, 12]);
});
