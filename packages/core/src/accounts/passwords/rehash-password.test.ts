import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerAccount, testContext, testRequester } from "../../testing/index.ts";
import { signIn } from "../sign-in.ts";
import { createPasswordHasher } from "./passwords.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("makes a hash anew at the next sign-in after the parameters have risen, and the password stays good", async () => {
  const { ctx } = testContext(database);
  const weaker = createPasswordHasher({ cost: { memoryCost: 8192, timeCost: 1, parallelism: 1 } });
  const today = { ...ctx, passwords: createPasswordHasher() };
  const { email, password } = await registerAccount({ ...ctx, passwords: weaker }, "visitor");
  const hashNow = async () => {
    const row = await database.db
      .selectFrom("account")
      .select("password_hash")
      .where("email", "=", email)
      .executeTakeFirstOrThrow();
    return row.password_hash;
  };
  const enter = () => signIn(today, { email, password, audience: "shop" }, testRequester, { state: "signed_out" });

  expect(await hashNow()).toContain("m=8192,t=1,p=1");
  await enter();
  const made = await hashNow();
  expect(made).toContain("m=19456,t=2,p=1");
  await enter();
  expect(await hashNow()).toBe(made);
});
