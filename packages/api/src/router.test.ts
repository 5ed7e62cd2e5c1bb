import { testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appRouter } from "./router.ts";
import { openBrowser } from "./testing/browser.ts";

/** Every procedure that somebody may call who has not shown both factors. */
const openToAll = [
  "auth.accounts.beginTotpEnrolment",
  "auth.accounts.confirmTotpEnrolment",
  "auth.accounts.me",
  "auth.accounts.register",
  "auth.accounts.signIn",
  "auth.accounts.signOut",
  "auth.accounts.stepUp",
  "auth.accounts.verifyRecoveryCode",
  "auth.accounts.verifyTotp",
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

describe("without an auth session", () => {
  test.each(guarded)("%s answers that nobody is signed in, and does not even look at its input", async (path) => {
    const { ctx } = testContext({ db: database.db });
    const { api } = openBrowser(ctx, "shop");
    let call: unknown = api;
    for (const name of path.split(".")) call = memberOf(call, name);
    if (typeof call !== "function") throw new TypeError(path);
    await expect(Promise.resolve(Reflect.apply(call, undefined, [{}]))).rejects.toMatchObject({
      message: "not_signed_in",
    });
  });
});
