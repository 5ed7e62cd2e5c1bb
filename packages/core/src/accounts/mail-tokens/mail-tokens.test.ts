import { createHash } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { outcomesOf, registerAccount, testContext } from "../../testing/index.ts";
import type { MailTokenKind } from "./mail-tokens.queries.ts";
import { issueMailToken, readMailToken, useMailToken } from "./mail-tokens.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function issued() {
  const { ctx, clock } = testContext({ db: database.db });
  const { id: accountId } = await registerAccount(ctx, "visitor");
  const token = await database.db
    .transaction()
    .execute((trx) => issueMailToken(trx, ctx, { kind: "password_reset", accountId, minutes: 30 }));
  const take = (kinds: readonly MailTokenKind[] = ["password_reset"], secret = token) =>
    database.db.transaction().execute((trx) => useMailToken(trx, ctx, { token: secret, kinds }));
  const read = (kinds: readonly MailTokenKind[] = ["password_reset"]) =>
    readMailToken(database.db, ctx, { token, kinds });
  return { accountId, clock, take, read, token };
}

it("is taken once, by one of 20 at once", async () => {
  const { accountId, take, read } = await issued();
  expect(await read()).toMatchObject({ accountId, kind: "password_reset" });
  expect(await outcomesOf(Array.from({ length: 20 }, () => take()))).toEqual({ ok: 1, link_expired: 19 });
  await expect(read()).rejects.toThrow("link_expired");
});

it("is neither read nor taken at the end of its time, and both just before", async () => {
  const { clock, take, read } = await issued();
  clock.advance(30 * 60_000);
  await expect(read()).rejects.toThrow("link_expired");
  await expect(take()).rejects.toThrow("link_expired");
  clock.advance(-1);
  await read();
  await take();
});

it("is neither read nor taken as one of another kind, and stays for its own", async () => {
  const { take, read } = await issued();
  await expect(read(["factor_reset", "invitation"])).rejects.toThrow("link_expired");
  await expect(take(["factor_reset", "invitation"])).rejects.toThrow("link_expired");
  await take(["email_change_old", "password_reset"]);
});

it("is known by its hash alone", async () => {
  const { token, take } = await issued();
  const hashes = await database.ownerDb.selectFrom("mail_token").select("token_hash").execute();
  expect(hashes).toContainEqual({ token_hash: createHash("sha256").update(token).digest() });
  await expect(take(["password_reset"], `${token.slice(0, -1)}_`)).rejects.toThrow("link_expired");
});
