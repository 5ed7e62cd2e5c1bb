import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { queuedMails, registerVisitor, testContext, testRequester } from "../testing/index.ts";
import { requestPasswordReset } from "./passwords/request-password-reset.ts";
import { setLocale } from "./set-locale.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("changes the language of the account, and of its mails from then on", async () => {
  const { ctx } = testContext({ db: database.db });
  const { accountId } = await registerVisitor(ctx);
  const view = await setLocale(ctx, { accountId }, { locale: "en" });
  expect(view).toMatchObject({ id: accountId, locale: "en", role: "visitor" });
  expect(Object.keys(view).toSorted()).toEqual(["displayName", "email", "id", "locale", "role"]);

  // Whatever language the page had that asked.
  await requestPasswordReset(ctx, { email: view.email, locale: "fr", audience: "shop" }, testRequester);
  expect(await queuedMails(ctx, view.email)).toHaveLength(1);
  const mails = database.ownerDb.selectFrom("mail").select("locale").where("account_id", "=", accountId);
  expect(await mails.execute()).toEqual([{ locale: "en" }]);
  const written = database.ownerDb.selectFrom("audit_entry").select("details");
  expect(await written.where("action", "=", "account.locale_changed").execute()).toEqual([
    { details: { locale: "en" } },
  ]);
});
