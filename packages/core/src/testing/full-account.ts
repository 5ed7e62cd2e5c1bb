import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { type KnownStanding, readAuthStanding, type SignedIn } from "../accounts/auth-sessions/auth-sessions.ts";
import { requestEmailChange } from "../accounts/email/request-email-change.ts";
import { verifyTotp } from "../accounts/factors/verify-totp.ts";
import { requestPasswordReset } from "../accounts/passwords/request-password-reset.ts";
import { beginRegistration } from "../accounts/registration/begin-registration.ts";
import { createStaffAccount } from "../accounts/staff/create-staff-account.ts";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { authenticatorCode, testTotpSecret } from "./accounts.ts";
import { testRequester } from "./requester.ts";
import { signInByPassword } from "./sign-in.ts";

/**
 * A visitor with a row in every table that knows people: factors of each kind, auth sessions, a change of address and a
 * reset that are open, challenges that wait, an invitation. `traces` are the words that name the person.
 */
export async function fillAccount(
  ctx: CoreContext,
  ownerDb: Kysely<Database>,
  { email, name }: { email: string; name: string },
): Promise<{ standing: SignedIn; actor: SignedIn["actor"]; traces: string[]; secrets: Buffer[] }> {
  const password = "marble torch over the river";
  const account = { email, password, displayName: name, locale: "fr", role: "visitor" } as const;
  const { id: accountId } = await createStaffAccount(ctx, { ...account, totpSecret: testTotpSecret });
  const half = await signInByPassword(ctx, { email, password }, "shop");
  const { standing, token } = await showSecondFactor(ctx, half.standing);
  const newEmail = `new-${email}`;
  await requestEmailChange(ctx, standing, { email: newEmail }, testRequester);
  await requestPasswordReset(ctx, { email, locale: "fr", audience: "shop" }, testRequester);
  await beginRegistration(ctx, { email, locale: "fr" }, testRequester);

  const at = ctx.clock();
  const [credentialId, publicKey, codeHash, challenge] = [
    ctx.random(32),
    ctx.random(77),
    ctx.random(32),
    ctx.random(32),
  ];
  await ownerDb
    .insertInto("passkey")
    .values({
      id: newId(ctx),
      account_id: accountId,
      credential_id: credentialId,
      public_key: publicKey,
      counter: 0,
      transports: ["internal"],
      name: `Clé de ${name}`,
      created_at: at,
      alone: true,
    })
    .execute();
  await ownerDb.insertInto("recovery_code").values({ account_id: accountId, code_hash: codeHash }).execute();
  await ownerDb
    .insertInto("webauthn_challenge")
    .values({ challenge, account_id: accountId, purpose: "verification", expires_at: at })
    .execute();
  await ownerDb
    .insertInto("factor_reset")
    .values({ id: newId(ctx), account_id: accountId, requested_at: at, ready_at: at })
    .execute();

  await ownerDb
    .insertInto("invitation")
    .values({ id: newId(ctx), email, role: "staff", locale: "fr", created_at: at, expires_at: at })
    .execute();

  const sealed = await ownerDb
    .selectFrom("account")
    .innerJoin("totp_factor", "totp_factor.account_id", "account.id")
    .select(["account.sealed_account_key", "account.password_hash", "totp_factor.sealed_secret"])
    .where("account.id", "=", accountId)
    .executeTakeFirstOrThrow();
  return {
    standing,
    actor: standing.actor,
    traces: [email, name, newEmail],
    secrets: [
      credentialId,
      publicKey,
      codeHash,
      challenge,
      sealed.sealed_account_key,
      sealed.sealed_secret,
      Buffer.from(sealed.password_hash ?? ""),
      Buffer.from(token),
      standing.authSession.idHash,
    ],
  };
}

async function showSecondFactor(ctx: CoreContext, half: KnownStanding): Promise<{ standing: SignedIn; token: string }> {
  const code = await authenticatorCode(ctx.clock());
  const { authSession } = await verifyTotp(ctx, half, { code }, testRequester);
  const { token } = authSession;
  const { standing } = await readAuthStanding(ctx, { token, audience: "shop" });
  if (standing.state !== "signed_in") throw new Error(standing.state);
  return { standing, token };
}
