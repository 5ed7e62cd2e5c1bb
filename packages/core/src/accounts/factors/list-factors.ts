import type { Facts, factorsView } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import type { SignedIn } from "../auth-sessions/auth-sessions.ts";
import { findFactorReset } from "./factor-resets.queries.ts";
import { listPasskeys } from "./passkeys.queries.ts";
import { countRecoveryCodesLeft } from "./recovery-codes.queries.ts";
import { findTotpFactor } from "./totp-factors.queries.ts";

/** What one signs in with. */
export async function listFactors(
  { db }: Pick<CoreContext, "db">,
  { actor: { accountId }, hasPassword }: SignedIn,
): Promise<Facts<typeof factorsView>> {
  const [totp, passkeys, recoveryCodesLeft, reset] = await Promise.all([
    findTotpFactor(db, accountId),
    listPasskeys(db, accountId),
    countRecoveryCodesLeft(db, accountId),
    findFactorReset(db, accountId),
  ]);
  const confirmedAt = totp?.confirmedAt ?? null;
  return {
    hasPassword,
    totp: confirmedAt && { confirmedAt },
    passkeys,
    recoveryCodesLeft,
    resetReadyAt: reset?.readyAt ?? null,
  };
}
