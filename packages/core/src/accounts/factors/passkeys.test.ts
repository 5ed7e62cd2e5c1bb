import type { Audience } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CoreContext } from "../../context.ts";
import {
  authenticatorCode,
  enrolPasskey,
  makePasskey,
  outcomesOf,
  registerAccount,
  registerByMail,
  registerWithPasskey,
  signedInBy,
  signInByPassword,
  testContext,
  type TestPasskey,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { beginPasskeyEnrolment, confirmPasskeyEnrolment } from "./enrol-passkey.ts";
import { listFactors } from "./list-factors.ts";
import { renamePasskey } from "./rename-passkey.ts";
import { beginPasskeySignIn, signInWithPasskey } from "./sign-in-with-passkey.ts";
import { beginPasskeyVerification, verifyPasskey } from "./verify-passkey.ts";
import { verifyTotp } from "./verify-totp.ts";
import { forgetExpiredWebauthnChallenges } from "./webauthn.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const password = "marble torch over the river";
let people = 0;
const newEmail = (): string => `passkey-${(people += 1)}@example.test`;
const nobody = { state: "signed_out" } as const;

/** How an answer deviates from an honest one. */
type How = Parameters<TestPasskey["show"]>[1];

/** A sign-in by passkey alone, for which the options were shown just now. */
async function signIn(ctx: CoreContext, passkey: TestPasskey, how: How = {}, audience: Audience = "shop") {
  const options = await beginPasskeySignIn(ctx, testRequester);
  return signInWithPasskey(ctx, { response: passkey.show(options, how), audience }, testRequester, nobody);
}

const actsAbout = async (accountId: string) =>
  database.ownerDb
    .selectFrom("audit_entry")
    .select(["action", "details"])
    .where("subject_id", "=", accountId)
    .orderBy("at")
    .execute();

describe("a passkey alone", () => {
  it("signs in, takes the place of what the cookie held, and is stepped up", async () => {
    const test = testContext({ db: database.db });
    const { passkey, standing, accountId } = await registerWithPasskey(test.ctx, { email: newEmail() });
    test.clock.advance(3_600_000);
    const options = await beginPasskeySignIn(test.ctx, testRequester);
    expect(options).toMatchObject({ rpId: "tickets.test", userVerification: "required" });
    expect(options["allowCredentials"] ?? []).toEqual([]);
    const response = passkey.show(options);
    const signedIn = await signInWithPasskey(test.ctx, { response, audience: "shop" }, testRequester, standing);
    const until = new Date(test.ctx.clock().getTime() + 600_000);
    expect(signedIn.standing).toMatchObject({ state: "signed_in", steppedUpUntil: until });
    const sessions = database.ownerDb.selectFrom("auth_session").select("id").where("account_id", "=", accountId);
    expect((await sessions.execute()).map(({ id }) => id)).not.toContain(standing.authSession.id);
    expect((await actsAbout(accountId)).at(-1)).toEqual({
      action: "sign_in.succeeded",
      details: { method: "passkey", audience: "shop" },
    });
  });

  it("is refused without user verification, from another page, with a lower counter, or a second time", async () => {
    const test = testContext({ db: database.db });
    const ctx = withoutLimits(test.ctx);
    const { passkey, accountId } = await registerWithPasskey(test.ctx, { email: newEmail() });
    const refused = (how: How) => expect(signIn(ctx, passkey, how)).rejects.toThrow("passkey_refused");
    await refused({ userVerified: false });
    await refused({ origin: "https://elsewhere.test" });
    await signIn(ctx, passkey, { counter: 50 });
    await refused({ counter: 50 });
    await refused({ counter: 49 });
    await refused({ counter: 0 });
    const response = passkey.show(await beginPasskeySignIn(ctx, testRequester), { counter: 51 });
    const tries = Array.from({ length: 20 }, () =>
      signInWithPasskey(ctx, { response, audience: "shop" }, testRequester, nobody),
    );
    expect(await outcomesOf(tries)).toEqual({ ok: 1, passkey_refused: 19 });
    const wrong = (await actsAbout(accountId)).filter(({ action }) => action === "factor.wrong_code");
    expect(wrong).toHaveLength(5 + 19);
  });

  it("of an authenticator that does not count works again and again", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await registerByMail(test.ctx, { email: "uncounted@example.test", password: null });
    const { passkey } = await enrolPasskey(test.ctx, standing, { counts: false });
    for (let time = 0; time < 3; time += 1) {
      expect((await signIn(test.ctx, passkey)).standing.state).toBe("signed_in");
    }
  });

  it("needs to be known, to name its owner, and an answer to a question of ours that is not old", async () => {
    const test = testContext({ db: database.db });
    const ctx = withoutLimits(test.ctx);
    const { passkey, standing } = await registerWithPasskey(test.ctx, { email: newEmail() });
    const stranger = makePasskey(await beginPasskeyEnrolment(ctx, standing, testRequester)).passkey;
    await expect(signIn(ctx, stranger)).rejects.toThrow("passkey_refused");
    const send = (response: ReturnType<TestPasskey["show"]>) =>
      expect(signInWithPasskey(ctx, { response, audience: "shop" }, testRequester, nobody)).rejects.toThrow(
        "passkey_refused",
      );
    const shown = passkey.show(await beginPasskeySignIn(ctx, testRequester));
    await send({ ...shown, response: { ...shown.response, userHandle: undefined } });
    await send(passkey.show({ challenge: Buffer.alloc(32, 7).toString("base64url"), rpId: "tickets.test" }));
    await send({ ...shown, response: { clientDataJSON: "%%%" } });
    // What was asked for a second factor is no answer here.
    await send(passkey.show(await beginPasskeyVerification(ctx, standing, testRequester)));
    const late = passkey.show(await beginPasskeySignIn(ctx, testRequester));
    test.clock.advance(300_000);
    await send(late);
    await forgetExpiredWebauthnChallenges(ctx);
    expect(await database.ownerDb.selectFrom("webauthn_challenge").select("purpose").execute()).toEqual([]);
  });

  it("that nobody has is written down, about nobody", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await registerWithPasskey(test.ctx, { email: newEmail() });
    const stranger = makePasskey(await beginPasskeyEnrolment(test.ctx, standing, testRequester)).passkey;
    const written = () =>
      database.ownerDb
        .selectFrom("audit_entry")
        .select(["details"])
        .where("action", "=", "factor.wrong_code")
        .where("subject_id", "is", null)
        .execute();
    const before = await written();
    await expect(signIn(test.ctx, stranger)).rejects.toThrow("passkey_refused");
    expect((await written()).slice(before.length)).toEqual([
      { details: { method: "passkey", code: "passkey_refused" } },
    ]);
  });

  it("is asked for freely by a crowd, and for a small sum by who only fills our table", async () => {
    const { ctx } = testContext({ db: database.db });
    const ask = (address: string) => beginPasskeySignIn(ctx, { ...testRequester, address });
    const asked = Array.from({ length: 1010 }, () => ask("2001:db8::1"));
    expect(await outcomesOf(asked)).toEqual({ ok: 1000, proof_of_work_required: 10 });
    await expect(ask("2001:db8::2")).rejects.toThrow("proof_of_work_required");
    await expect(ask("192.0.2.7")).resolves.toBeDefined();
  });

  it("signs in only where its owner's role may, and nobody who is disabled", async () => {
    const test = testContext({ db: database.db });
    const { passkey, accountId } = await registerWithPasskey(test.ctx, { email: newEmail() });
    await expect(signIn(test.ctx, passkey, {}, "admin")).rejects.toThrow("forbidden");
    test.clock.advance(1000);
    await database.ownerDb
      .updateTable("account")
      .set({ disabled_at: test.ctx.clock() })
      .where("id", "=", accountId)
      .execute();
    await expect(signIn(test.ctx, passkey)).rejects.toThrow("account_disabled");
    const refused = (await actsAbout(accountId)).filter(({ action }) => action === "sign_in.refused");
    expect(refused.map(({ details }) => details)).toEqual([
      { audience: "admin", code: "forbidden", method: "passkey" },
      { audience: "shop", code: "account_disabled", method: "passkey" },
    ]);
  });
});

describe("a passkey after the password", () => {
  it("is the second factor, and the step-up, with or without user verification", async () => {
    const test = testContext({ db: database.db });
    const email = newEmail();
    const { passkey } = await registerWithPasskey(test.ctx, { email, password });
    const { standing } = await signInByPassword(test.ctx, { email, password }, "shop");
    const show = async (who: KnownStanding, userVerified: boolean) => {
      const options = await beginPasskeyVerification(test.ctx, who, testRequester);
      expect(options["allowCredentials"]).toMatchObject([{ id: passkey.id }]);
      const response = passkey.show(options, { userVerified });
      return verifyPasskey(test.ctx, who, { response }, testRequester);
    };
    const verified = await show(standing, false);
    expect(verified.standing.state).toBe("signed_in");
    const signedIn = await signedInBy(test.ctx, verified.authSession.token);
    const steppedUp = await show(signedIn, true);
    expect(steppedUp.authSession.token).not.toBe(verified.authSession.token);
  });

  it("must verify its user where it is the only factor", async () => {
    const test = testContext({ db: database.db });
    const { passkey, standing } = await registerWithPasskey(test.ctx, { email: newEmail() });
    const options = await beginPasskeyVerification(test.ctx, standing, testRequester);
    expect(options["userVerification"]).toBe("required");
    const response = passkey.show(options, { userVerified: false });
    await expect(verifyPasskey(test.ctx, standing, { response }, testRequester)).rejects.toThrow("passkey_refused");
  });

  it("is only one's own, whatever the account", async () => {
    const test = testContext({ db: database.db });
    const { passkey, standing: owner } = await registerWithPasskey(test.ctx, { email: newEmail() });
    const account = await registerAccount(test.ctx, "visitor");
    const { standing } = await signInByPassword(test.ctx, account, "shop");
    const options = await beginPasskeyVerification(test.ctx, standing, testRequester);
    await expect(verifyPasskey(test.ctx, standing, { response: passkey.show(options) }, testRequester)).rejects.toThrow(
      "passkey_refused",
    );
    const code = await authenticatorCode(test.ctx.clock());
    const verified = await verifyTotp(test.ctx, standing, { code }, testRequester);
    const other = await signedInBy(test.ctx, verified.authSession.token);
    const [{ id: passkeyId } = { id: "" }] = (await listFactors(test.ctx, owner)).passkeys;
    await expect(renamePasskey(test.ctx, other, { passkeyId, name: "Mine" })).rejects.toThrow("not_found");
    await renamePasskey(test.ctx, owner, { passkeyId, name: "Clé bleue" });
    expect((await listFactors(test.ctx, owner)).passkeys).toMatchObject([{ name: "Clé bleue" }]);
  });
});

it("answers only the question that was asked", async () => {
  const test = testContext({ db: database.db });
  const ctx = withoutLimits(test.ctx);
  const { passkey, standing } = await registerWithPasskey(test.ctx, { email: newEmail(), password });
  const asked = {
    enrolment: () => beginPasskeyEnrolment(ctx, standing, testRequester),
    verification: () => beginPasskeyVerification(ctx, standing, testRequester),
    sign_in: () => beginPasskeySignIn(ctx, testRequester),
  };
  const show = async (question: keyof typeof asked) =>
    passkey.show({ challenge: (await asked[question]()).challenge, rpId: "tickets.test" });
  const answers = {
    enrolment: async (question: keyof typeof asked) => {
      const creation = { ...(await asked.enrolment()), challenge: (await asked[question]()).challenge };
      const { response } = makePasskey(creation);
      await confirmPasskeyEnrolment(ctx, standing, { name: "Phone", response }, testRequester);
    },
    verification: async (question: keyof typeof asked) => {
      await verifyPasskey(ctx, standing, { response: await show(question) }, testRequester);
    },
    sign_in: async (question: keyof typeof asked) => {
      const response = await show(question);
      await signInWithPasskey(ctx, { response, audience: "shop" }, testRequester, nobody);
    },
  };
  const purposes = ["enrolment", "verification", "sign_in"] as const;
  for (const question of purposes) {
    for (const answer of purposes.filter((purpose) => purpose !== question)) {
      await expect(answers[answer](question), `${question} for ${answer}`).rejects.toThrow("passkey_refused");
    }
  }
  await answers.sign_in("sign_in");
  await answers.verification("verification");
});
