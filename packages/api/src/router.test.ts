import { type Audience, audiences, type Role, roles, rolesOfAudience } from "@tessera/contracts";
import type { Actor, AuthStanding } from "@tessera/core";
import { registerVisitor, testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appRouter, createCaller } from "./router.ts";
import { openBrowser } from "./testing/browser.ts";

/** Every procedure that somebody may call who has not shown both factors. */
const openToAll = [
  "auth.factors.beginTotpEnrolment",
  "auth.factors.confirmTotpEnrolment",
  "auth.accounts.me",
  "auth.accounts.register",
  "auth.accounts.signIn",
  "auth.accounts.signOut",
  "auth.factors.verifyTotp",
  "auth.factors.verifyRecoveryCode",
  "auth.factors.verifyTotp",
  "tickets.catalogue.competitionSession",
  "tickets.catalogue.programme",
  "tickets.tickets.serverTime",
];

const procedures = Object.entries(appRouter._def.procedures);
const guarded = procedures.map(([path]) => path).filter((path) => !openToAll.includes(path));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const memberOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

test.each(procedures)("%s declares its output", (_, procedure) => {
  expect(memberOf(memberOf(procedure, "_def"), "output")).toBeDefined();
});

test("the programme is empty, and no error, before the first import", async () => {
  const { ctx } = testContext({ db: database.db });
  const { api } = openBrowser(ctx, "shop");
  expect(await api.tickets.catalogue.programme()).toMatchObject({ gamesName: null, competitionSessions: [] });
});

/** Calls a procedure by its path with an input that none of them takes. */
async function call(api: unknown, path: string): Promise<unknown> {
  let procedure: unknown = api;
  for (const name of path.split(".")) procedure = memberOf(procedure, name);
  if (typeof procedure !== "function") throw new TypeError(path);
  return Reflect.apply(procedure, undefined, ["no input of ours"]);
}

/** Whose app a guarded procedure is for. */
const audienceOf = (path: string): Audience =>
  path.startsWith("admin.") ? "admin" : path.startsWith("validation.") ? "scanner" : "shop";

/** Everybody who can be signed in with both factors: an app, and a role that the app lets in or not. */
const everybody = audiences.flatMap((audience) => roles.map((role): [Audience, Role] => [audience, role]));

/** Procedures that take no input, and so answer. */
const inputless = ["tickets.sales.orders", "validation.gate.competitionSessions", "admin.sales.summary"];

const signedInAs = (actor: Actor): AuthStanding => ({
  state: "signed_in",
  account: { id: actor.accountId, email: "a@example.test", displayName: "A", locale: "fr", role: actor.role },
  authSession: { idHash: Buffer.alloc(32), audience: "shop", createdAt: new Date(0) },
  actor,
});

describe.each(everybody)("signed in to the %s as %s", (audience, role) => {
  test.each(guarded)("%s lets in whom it is for, and nobody else", async (path) => {
    const { ctx } = testContext({ db: database.db });
    const actor = await registerVisitor(ctx, role);
    const api = createCaller({
      core: ctx,
      requestId: "test",
      audience,
      auth: async () => signedInAs(actor),
      setAuthSession: () => undefined,
    });
    const allowed = audience === audienceOf(path) && rolesOfAudience[audience].includes(role);
    const answer = call(api, path);
    if (allowed && inputless.includes(path)) await expect(answer).resolves.toBeDefined();
    else await expect(answer).rejects.toMatchObject({ code: allowed ? "BAD_REQUEST" : "FORBIDDEN" });
  });
});

describe("what costs or grants something", () => {
  test.each(["tickets.tickets.activationChallenges", "tickets.tickets.activate"])(
    "%s asks for the second factor again when it was shown long ago",
    async (path) => {
      const { ctx } = testContext({ db: database.db });
      const actor = { ...(await registerVisitor(ctx)), steppedUpUntil: ctx.clock() };
      const api = createCaller({
        core: ctx,
        requestId: "test",
        audience: "shop",
        auth: async () => signedInAs(actor),
        setAuthSession: () => undefined,
      });
      await expect(call(api, path)).rejects.toMatchObject({ message: "step_up_required" });
    },
  );
});

describe("without an auth session", () => {
  test.each(guarded)("%s answers that nobody is signed in, and does not even look at its input", async (path) => {
    const { ctx } = testContext({ db: database.db });
    const { api } = openBrowser(ctx, "shop");
    await expect(call(api, path)).rejects.toMatchObject({ message: "not_signed_in" });
  });
});
