import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  signInByPassword,
  testContext,
  testRequester,
  testTotpSecret,
} from "../../testing/index.ts";
import { decodeTotpSecret } from "../factors/totp.ts";
import { verifyTotp } from "../factors/verify-totp.ts";
import { createStaffAccount } from "./create-staff-account.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const password = "marble torch over the river";

it("creates a staff account once, with its second factor, however many start at once", async () => {
  const { ctx } = testContext({ db: database.db });
  const staff = {
    email: " Gate@Example.test ",
    password,
    displayName: "Gate",
    locale: "fr",
    role: "staff",
    totpSecret: testTotpSecret,
  } as const;
  const made = await Promise.all(Array.from({ length: 5 }, () => createStaffAccount(ctx, staff)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(made[0]).toMatchObject({ email: "gate@example.test", role: "staff" });
  expect(await createStaffAccount(ctx, { ...staff, role: "admin" })).toEqual(made[0]);

  const { standing } = await signInByPassword(ctx, { email: "gate@example.test", password }, "scanner");
  expect(standing.state).toBe("verify");
  const code = await authenticatorCode(ctx.clock());
  const signedIn = await verifyTotp(ctx, standing, { code }, testRequester);
  expect(signedIn.standing.state).toBe("signed_in");
  const factors = await database.ownerDb
    .selectFrom("totp_factor")
    .select("sealed_secret")
    .where("account_id", "=", standing.account.id)
    .execute();
  expect(factors).toHaveLength(1);
  expect(factors[0]?.sealed_secret.includes(Buffer.from(decodeTotpSecret(testTotpSecret)))).toBe(false);
});

it("lets staff without a second factor enrol one at the first sign-in", async () => {
  const { ctx } = testContext({ db: database.db });
  const account = {
    email: "new-admin@example.test",
    password,
    displayName: "Sam",
    locale: "en",
    role: "admin",
  } as const;
  await createStaffAccount(ctx, account);
  expect((await signInByPassword(ctx, account, "admin")).standing.state).toBe("enrol");
});
