import type { AccountView, Role } from "@tessera/contracts";
import { generate } from "otplib";
import { createStaffAccount } from "../accounts/staff/create-staff-account.ts";
import type { CoreContext } from "../context.ts";
import { newReference } from "../ids.ts";
import type { Actor } from "../ports.ts";

/** The TOTP secret (base32) of every account that `registerAccount` makes. */
export const testTotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** The six digits that an authenticator app shows for a base32 secret at that moment (RFC 6238). */
export function authenticatorCode(at: Date, secret: string = testTotpSecret): Promise<string> {
  return generate({ secret, epoch: Math.floor(at.getTime() / 1000) });
}

/** An account with its second factor, and the password to sign in with. */
export async function registerAccount(ctx: CoreContext, role: Role): Promise<AccountView & { password: string }> {
  const password = "marble torch over the river";
  const account = await createStaffAccount(ctx, {
    email: `${role}-${newReference(ctx).toLowerCase()}@example.test`,
    password,
    displayName: "Camille Test",
    locale: "fr",
    role,
    roleSince: new Date(0),
    totpSecret: testTotpSecret,
  });
  return { ...account, password };
}

/** Somebody with an account of their own, signed in with both factors a moment ago. */
export async function registerVisitor(ctx: CoreContext, role: Role = "visitor"): Promise<Actor & { email: string }> {
  const account = await registerAccount(ctx, role);
  return {
    accountId: account.id,
    email: account.email,
    role: account.role,
    displayName: account.displayName,
    steppedUpUntil: new Date(ctx.clock().getTime() + ctx.policy.stepUpMinutes * 60_000),
  };
}
