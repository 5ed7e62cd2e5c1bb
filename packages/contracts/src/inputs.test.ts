import { describe, expect, test } from "vitest";
import { displayName, email, newPassword, totpCode } from "./accounts.ts";
import {
  competitionSessionCode,
  createOfferInput,
  offersInput,
  seatPoolsInput,
  updateOfferInput,
} from "./catalogue.ts";
import { id, idempotencyKey, localized } from "./common.ts";
import { refusalReasons, reasonCodes } from "./reason-codes.ts";
import { salesInput } from "./sales-admin.ts";
import { reserveInput } from "./sales.ts";

const anId = "0199f0c0-0000-7000-8000-000000000001";

const issuesOf = (read: { error?: { issues: readonly { message: string; path: PropertyKey[] }[] } | undefined }) =>
  read.error?.issues.map(({ message, path }) => `${path.join(".")}: ${message}`);

describe("accounts", () => {
  test("an address is trimmed and lower case, so that one person has one account", () => {
    expect(email.parse("  Lea@Example.TEST ")).toBe("lea@example.test");
    expect(email.safeParse("lea@").success).toBe(false);
  });

  test("a password may hold anything, from 12 to 256 characters", () => {
    expect(newPassword.safeParse("            ").success).toBe(true);
    expect(newPassword.safeParse("🗝️ clé sous le pot de fleurs").success).toBe(true);
    expect(newPassword.safeParse("elevenchars").success).toBe(false);
    expect(newPassword.safeParse("x".repeat(257)).success).toBe(false);
  });

  test("a code may be typed as authenticator apps show it", () => {
    expect(totpCode.parse("123 456")).toBe("123456");
    for (const wrong of ["12345", "1234567", "12345a", "１２３４５６"])
      expect(totpCode.safeParse(wrong).success).toBe(false);
  });
});

describe("a name", () => {
  test.each(["Zoë O’Neill-D’Souza", "نیلوفر می\u200cخواهم", "李小龍", "Ayşe 🌙"])("may be %s", (name) => {
    expect(displayName.parse(name)).toBe(name);
  });

  test("is the same however its accents were typed", () => {
    expect(displayName.parse(" Le\u0301a ")).toBe("L\u00e9a");
  });

  test.each([
    "\u0000",
    "\u0007",
    "\n",
    "\u007f",
    "\u0085",
    "\u2028",
    "\u061c",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2069",
  ])("disturbs nothing that stands beside it: %j", (character) => {
    expect(issuesOf(displayName.safeParse(`Léa${character}Martin`))).toEqual([": control_characters"]);
  });
});

test.each([
  ["search", offersInput, { search: "a\u0000" }],
  ["search", seatPoolsInput, { search: "a\u0000" }],
  ["search", salesInput, { search: "a\u0000" }],
  ["disciplineCode", offersInput, { disciplineCode: "A\u0000" }],
  ["fr", localized, { fr: "a\u0000", en: "a" }],
])("no NUL reaches the database: %s", (field, schema, input) => {
  expect(issuesOf(schema.safeParse(input))).toEqual([`${field}: control_characters`]);
});
test("nor does it in an address", () => {
  expect(email.safeParse("a\u0000@example.test").success).toBe(false);
});

describe("a basket", () => {
  const line = { offerId: anId, quantity: 1, unitPriceCents: 100 };
  test("has at least one line, and one line an offer", () => {
    expect(reserveInput.safeParse({ idempotencyKey: anId, lines: [line] }).success).toBe(true);
    expect(reserveInput.safeParse({ idempotencyKey: anId, lines: [] }).success).toBe(false);
    expect(issuesOf(reserveInput.safeParse({ idempotencyKey: anId, lines: [line, line] }))).toEqual([
      "lines: one_line_per_offer",
    ]);
  });

  test.each([0, -1, 1.5, 31, Number.NaN])("does not hold %d of anything", (quantity) => {
    expect(reserveInput.safeParse({ idempotencyKey: anId, lines: [{ ...line, quantity }] }).success).toBe(false);
  });
});

describe("an offer", () => {
  const terms = { name: null, priceCents: 100, salesOpenAt: null, salesCloseAt: null, maxPerOrder: 4 };
  test("is for as many persons as its kind says; a group says so itself", () => {
    const offer = { ...terms, seatPoolIds: [anId] };
    expect(createOfferInput.safeParse({ ...offer, kind: "duo", persons: 2 }).success).toBe(true);
    expect(createOfferInput.safeParse({ ...offer, kind: "group", persons: 7 }).success).toBe(true);
    expect(issuesOf(createOfferInput.safeParse({ ...offer, kind: "family", persons: 3 }))).toEqual([
      "persons: persons_do_not_fit_kind",
    ]);
  });

  test("is on sale from before until after", () => {
    const window = { salesOpenAt: "2028-06-01T10:00:00Z", salesCloseAt: "2028-06-01T10:00:00Z" };
    expect(issuesOf(updateOfferInput.safeParse({ ...terms, ...window, offerId: anId, version: 1 }))).toEqual([
      "salesCloseAt: sales_window_reversed",
    ]);
  });
});

test.each(["ATH05", "BK301", "FBL123"])("%s is the code of a competition session", (code) => {
  expect(competitionSessionCode.safeParse(code).success).toBe(true);
});
test.each(["ath05", "ATH5", "ATHL05", "", "ATH05 "])("%j is none", (code) => {
  expect(competitionSessionCode.safeParse(code).success).toBe(false);
});

test("every refusal is a reason, and no reason stands twice", () => {
  expect(reasonCodes).toEqual([...refusalReasons, "admitted", "exited"]);
  expect(new Set(reasonCodes).size).toBe(reasonCodes.length);
});

describe("ids and idempotency keys", () => {
  const [small, capital] = ["01ae1508-4200-7abc-a1db-4420cd794ca5", "01AE1508-4200-7ABC-A1DB-4420CD794CA5"];

  test.each([id, idempotencyKey])("are in small letters, as the database gives them back", (schema) => {
    expect(schema.parse(capital)).toBe(small);
    expect(schema.parse(small)).toBe(small);
    for (const wrong of ["", "x", small.slice(1), `${small}0`, small.replaceAll("-", "")]) {
      expect(schema.safeParse(wrong).success).toBe(false);
    }
  });

  test("so is every one of a wish to reserve", () => {
    const lines = [{ offerId: capital, quantity: 1, unitPriceCents: 100 }];
    expect(reserveInput.parse({ idempotencyKey: capital, lines })).toMatchObject({
      idempotencyKey: small,
      lines: [{ offerId: small }],
    });
  });
});
