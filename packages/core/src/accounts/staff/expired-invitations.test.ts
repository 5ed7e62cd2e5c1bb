import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerVisitor, testContext } from "../../testing/index.ts";
import { inviteEmployee } from "./invite-employee.ts";
import { forgetExpiredInvitations } from "./revoke-invitation.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const hour = 3_600_000;

it("forgets the addresses of those that ended a day ago, however many, and no other's", async () => {
  const { ctx, clock } = testContext({ db: database.db });
  const admin = await registerVisitor(ctx, "admin");
  const invite = (email: string) => inviteEmployee(ctx, admin, { email, role: "staff", locale: "fr" });
  await invite("never-came@example.test");
  await invite("nor-did@example.test");
  clock.advance(hour);
  await invite("still-shown@example.test");
  clock.advance((48 + 24) * hour);
  const addresses = async () => {
    const rows = await database.ownerDb.selectFrom("invitation").select("email").orderBy("created_at").execute();
    return rows.map(({ email }) => email).toSorted();
  };
  clock.advance(-hour);
  await forgetExpiredInvitations(ctx);
  expect(await addresses()).toEqual(["never-came@example.test", "nor-did@example.test", "still-shown@example.test"]);
  clock.advance(1);
  await forgetExpiredInvitations(ctx);
  expect(await addresses()).toEqual(["", "", "still-shown@example.test"]);
});
