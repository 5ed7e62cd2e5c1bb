import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  enrolPasskey,
  outcomesOf,
  queuedMail,
  registerWithPasskey,
  signedInBy,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
} from "../../testing/index.ts";
import { readAuthStanding, type SignedIn } from "../auth-sessions/auth-sessions.ts";
import { beginTotpEnrolment } from "./begin-totp-enrolment.ts";
import { confirmTotpEnrolment } from "./confirm-totp-enrolment.ts";
import { letsOwnerIn } from "./factors.ts";
import { listFactors } from "./list-factors.ts";
import { removePasskey, removeTotp } from "./remove-factor.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const password = "marble torch over the river";
let people = 0;

/** A visitor with one passkey and an authenticator app, signed in. */
async function withBoth({ ctx }: TestContext, options: { password?: string } = {}) {
  const email = `both-${(people += 1)}@example.test`;
  const first = await registerWithPasskey(ctx, { email, ...options });
  const { secret } = await beginTotpEnrolment(ctx, first.standing);
  const code = await authenticatorCode(ctx.clock(), secret);
  const { authSession, recoveryCodes } = await confirmTotpEnrolment(ctx, first.standing, { code }, testRequester);
  expect(recoveryCodes).toBeNull();
  const standing = await signedInBy(ctx, authSession.token);
  return { email, standing, token: authSession.token, passkeyId: await onlyPasskey({ ctx }, standing) };
}

async function onlyPasskey({ ctx }: Pick<TestContext, "ctx">, standing: SignedIn): Promise<string> {
  const [passkey, ...others] = (await listFactors(ctx, standing)).passkeys;
  if (!passkey || others.length > 0) throw new Error("expected one passkey");
  return passkey.id;
}

it("takes the app away, tells its owner, writes it down, and ends the other auth sessions", async () => {
  const test = testContext({ db: database.db });
  const { ctx } = test;
  const { email, standing, token } = await withBoth(test, { password });
  const elsewhere = await signInByPassword(ctx, { email, password }, "shop");
  await removeTotp(ctx, standing);
  expect(await listFactors(ctx, standing)).toMatchObject({ totp: null, recoveryCodesLeft: 10 });
  expect(await queuedMail(ctx, email, "factor_removed")).toEqual({
    template: "factor_removed",
    factor: "totp",
    accountLink: "https://tickets.test/account",
  });
  const entries = database.ownerDb.selectFrom("audit_entry").select("details").where("action", "=", "factor.removed");
  expect(await entries.where("actor_id", "=", standing.account.id).execute()).toEqual([
    { details: { factor: "totp" } },
  ]);
  expect((await readAuthStanding(ctx, { token, audience: "shop" })).standing.state).toBe("signed_in");
  const ended = await readAuthStanding(ctx, { token: elsewhere.token, audience: "shop" });
  expect(ended.standing.state).toBe("signed_out");
  await expect(removeTotp(ctx, standing)).rejects.toThrow("totp_not_enrolled");
});

it("never takes the last one", async () => {
  const test = testContext({ db: database.db });
  const { standing, passkeyId } = await withBoth(test, { password });
  await removePasskey(test.ctx, standing, { passkeyId });
  await expect(removeTotp(test.ctx, standing)).rejects.toThrow("last_factor");
  expect((await listFactors(test.ctx, standing)).totp).not.toBeNull();
});

it("never leaves an account without a password with codes alone, or with a passkey that is not enough alone", async () => {
  const test = testContext({ db: database.db });
  const { standing, passkeyId } = await withBoth(test);
  await expect(removePasskey(test.ctx, standing, { passkeyId })).rejects.toThrow("last_factor");
  // An account that had a password when this key without user verification was enrolled.
  const { authSession } = await enrolPasskey(test.ctx, standing);
  await database.ownerDb.updateTable("passkey").set({ alone: false }).where("id", "<>", passkeyId).execute();
  const now = await signedInBy(test.ctx, authSession.token);
  await expect(removePasskey(test.ctx, now, { passkeyId })).rejects.toThrow("last_factor");
  await database.ownerDb.updateTable("passkey").set({ alone: true }).execute();
  await removePasskey(test.ctx, now, { passkeyId });
});

it("keeps one when two are taken away at once from 20 tries", async () => {
  const test = testContext({ db: database.db });
  const { standing, passkeyId } = await withBoth(test, { password });
  // Opens the connections that a race needs.
  await Promise.all(Array.from({ length: 20 }, () => listFactors(test.ctx, standing)));
  const outcomes = await outcomesOf(
    Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? removeTotp(test.ctx, standing) : removePasskey(test.ctx, standing, { passkeyId }),
    ),
  );
  expect(outcomes["ok"]).toBe(1);
  expect(outcomes["last_factor"]).toBe(10);
  const { totp, passkeys } = await listFactors(test.ctx, standing);
  expect((totp ? 1 : 0) + passkeys.length).toBe(1);
});

it("does not touch another's passkey", async () => {
  const test = testContext({ db: database.db });
  const [one, other] = [await withBoth(test), await withBoth(test)];
  await expect(removePasskey(test.ctx, one.standing, { passkeyId: other.passkeyId })).rejects.toThrow("not_found");
  expect(await onlyPasskey(test, other.standing)).toBe(other.passkeyId);
});

it("lets nobody in by codes alone, nor by a password alone, whatever else there is", () => {
  const passkeys = fc.array(fc.record({ id: fc.uuid(), alone: fc.boolean() }), { maxLength: 3 });
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), passkeys, (hasPassword, totp, keys) => {
      const byPassword = hasPassword && (totp || keys.length > 0);
      const byPasskey = !hasPassword && keys.some(({ alone }) => alone);
      expect(letsOwnerIn({ hasPassword, totp, passkeys: keys })).toBe(byPassword || byPasskey);
    }),
  );
});
