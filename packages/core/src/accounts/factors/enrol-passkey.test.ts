import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  enrolPasskey,
  makePasskey,
  outcomesOf,
  queuedMail,
  registerByMail,
  registerWithPasskey,
  signedInBy,
  signInByPassword,
  testContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { beginPasskeyEnrolment, confirmPasskeyEnrolment } from "./enrol-passkey.ts";
import { listFactors } from "./list-factors.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const password = "marble torch over the river";
let people = 0;
const newEmail = (): string => `passkey-${(people += 1)}@example.test`;

describe("a new passkey", () => {
  it("is the first factor of an account without a password, with recovery codes and a mail", async () => {
    const test = testContext({ db: database.db });
    const email = newEmail();
    const { options, recoveryCodes, standing, accountId } = await registerWithPasskey(test.ctx, { email });
    expect(options).toMatchObject({
      rp: { id: "tickets.test", name: "Tessera" },
      user: { id: Buffer.from(accountId.replaceAll("-", ""), "hex").toString("base64url"), name: email },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: [],
    });
    expect(recoveryCodes).toHaveLength(10);
    expect(standing.factors).toEqual({ totp: false, passkey: true });
    expect(await queuedMail(test.ctx, email, "factor_added")).toMatchObject({ factor: "passkey" });
    expect(await listFactors(test.ctx, standing)).toMatchObject({
      hasPassword: false,
      totp: null,
      passkeys: [{ name: "Phone", lastUsedAt: null }],
      recoveryCodesLeft: 10,
    });
  });

  it("beside another brings no codes, is not offered twice, and is known once", async () => {
    const test = testContext({ db: database.db });
    const { standing, response, passkey } = await registerWithPasskey(test.ctx, { email: newEmail(), password });
    const second = await enrolPasskey(test.ctx, standing, { userVerified: false });
    expect(second.recoveryCodes).toBeNull();
    expect(second.options).toMatchObject({
      authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
      excludeCredentials: [{ id: passkey.id, type: "public-key" }],
    });
    const now = await signedInBy(test.ctx, second.authSession.token);
    const options = await beginPasskeyEnrolment(test.ctx, now, testRequester);
    const clientDataJSON = Buffer.from(
      JSON.stringify({ type: "webauthn.create", challenge: options.challenge, origin: testRequester.origin }),
    ).toString("base64url");
    const again = { ...response, response: { ...response.response, clientDataJSON } };
    await expect(
      confirmPasskeyEnrolment(test.ctx, now, { name: "Again", response: again }, testRequester),
    ).rejects.toThrow("passkey_known");
  });

  it("is refused without user verification, or kept elsewhere, where there is no password", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await registerByMail(test.ctx, { email: "lonely@example.test", password: null });
    for (const how of [{ userVerified: false }, { discoverable: false }]) {
      await expect(enrolPasskey(test.ctx, standing, how)).rejects.toThrow("passkey_refused");
    }
    expect((await enrolPasskey(test.ctx, standing)).recoveryCodes).toHaveLength(10);
  });

  it("is refused from another page, late, twice, or for another account", async () => {
    const test = testContext({ db: database.db });
    const ctx = withoutLimits(test.ctx);
    const one = await registerByMail(ctx, { email: "one-page@example.test" });
    const other = await registerByMail(ctx, { email: "other-page@example.test" });
    await expect(enrolPasskey(ctx, one.standing, { origin: "https://tickets.test.evil" })).rejects.toThrow(
      "passkey_refused",
    );
    const confirm = (standing: KnownStanding, response: ReturnType<typeof makePasskey>["response"]) =>
      confirmPasskeyEnrolment(ctx, standing, { name: "Phone", response }, testRequester);
    const options = await beginPasskeyEnrolment(ctx, one.standing, testRequester);
    const { response } = makePasskey(options);
    await expect(confirm(other.standing, response)).rejects.toThrow("passkey_refused");
    test.clock.advance(300_000);
    await expect(confirm(one.standing, response)).rejects.toThrow("passkey_refused");
    const fresh = makePasskey(await beginPasskeyEnrolment(ctx, one.standing, testRequester)).response;
    const tries = Array.from({ length: 20 }, () => confirm(one.standing, fresh));
    expect(await outcomesOf(tries)).toEqual({ ok: 1, passkey_refused: 19 });
  });

  it("with an attestation is refused: nothing is fetched from where its certificates say", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await registerByMail(test.ctx, { email: "attested@example.test" });
    const options = await beginPasskeyEnrolment(test.ctx, standing, testRequester);
    const { response } = makePasskey(options, { attestationFormat: "android-key" });
    await expect(
      confirmPasskeyEnrolment(test.ctx, standing, { name: "Phone", response }, testRequester),
    ).rejects.toThrow("passkey_refused");
  });

  it("does not slip in behind the password while another request enrols the first factor", async () => {
    const test = testContext({ db: database.db });
    const ctx = withoutLimits(test.ctx);
    const { standing } = await registerByMail(ctx, { email: "slip@example.test" });
    const starts = Array.from(
      { length: 20 },
      async () => (await signInByPassword(ctx, { email: "slip@example.test", password }, "shop")).standing,
    );
    const tries = (await Promise.all(starts)).map((who) => enrolPasskey(ctx, who));
    expect(await outcomesOf(tries)).toEqual({ ok: 1, second_factor_required: 19 });
    const stored = database.ownerDb.selectFrom("passkey").select("id");
    expect(await stored.where("account_id", "=", standing.account.id).execute()).toHaveLength(1);
  });
});
