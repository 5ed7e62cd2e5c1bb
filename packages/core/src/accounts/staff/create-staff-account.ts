import type { AccountView, Locale, Role } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { makeAccount } from "../account.ts";
import { findAccountByEmail, insertAccount } from "../accounts.queries.ts";
import { putTotpFactor } from "../factors/totp-factors.queries.ts";
import { decodeTotpSecret, totpSecretPlace } from "../factors/totp.ts";
import { refuseWeakPassword } from "../passwords/password-rules.ts";

export type StaffAccount = {
  email: string;
  password: string;
  displayName: string;
  locale: Locale;
  role: Role;
  /** Since when; now unless told. Who has become an admin just now takes no part in resets of factors. */
  roleSince?: Date;
  /** Base32. With it the second factor is there from the start, without it the first sign-in enrols one. */
  totpSecret?: string;
};

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "passwords">;

/**
 * Creates an account with any role, for commands and demo mode: staff never register themselves. If there is one with
 * this e-mail address, gives that one, unchanged. Throws `password_too_short`, `password_too_long`, `password_too_common`.
 */
export async function createStaffAccount(ctx: Parts, input: StaffAccount): Promise<AccountView> {
  const email = input.email.trim().toLowerCase();
  const existing = await findAccountByEmail(ctx.db, email);
  if (existing) return existing;
  await refuseWeakPassword({ ...input, email });
  const passwordHash = await ctx.passwords.hash(input.password);
  try {
    return await insertWithFactor(ctx, { ...input, email, passwordHash });
  } catch (error) {
    // Another process that starts at the same moment made it first.
    const winner =
      error instanceof CodedError && error.code === "email_taken" ? await findAccountByEmail(ctx.db, email) : undefined;
    if (winner) return winner;
    throw error;
  }
}

function insertWithFactor(ctx: Parts, input: StaffAccount & { passwordHash: string }): Promise<AccountView> {
  const { email, passwordHash, displayName, locale, role, roleSince, totpSecret } = input;
  return ctx.db.transaction().execute(async (trx) => {
    const made = makeAccount(ctx, { email, passwordHash, displayName, locale, role });
    const account = await insertAccount(trx, { ...made, ...(roleSince && { roleSince }) });
    if (totpSecret !== undefined) {
      const secret = decodeTotpSecret(totpSecret);
      const sealedSecret = ctx.keyring.seal("totp", secret, totpSecretPlace(account.id));
      await putTotpFactor(trx, { accountId: account.id, sealedSecret, confirmedAt: ctx.clock() });
    }
    return account;
  });
}
