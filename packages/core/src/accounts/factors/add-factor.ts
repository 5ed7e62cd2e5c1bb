import type { FactorKind } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { type IssuedAuthSession, type KnownStanding, passSecondFactor } from "../auth-sessions/auth-sessions.ts";
import { lockFactors } from "./factors.queries.ts";
import { type Factors, hasFactor } from "./factors.ts";
import { insertRecoveryCodes } from "./recovery-codes.queries.ts";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery-codes.ts";
import { noteSecondFactor } from "./second-factor.ts";
import { tellOwner } from "./tell-owner.ts";

/** The 10 recovery codes are shown this once; null where the account has some. */
export type FactorAdded = { authSession: IssuedAuthSession; recoveryCodes: string[] | null };

/**
 * Makes a factor count that its owner has just shown; `write` writes it, told what there is already. With the first one
 * come recovery codes, and the auth session is signed in. All or nothing. Throws what `write` throws, `not_signed_in`,
 * and `second_factor_required` when another request has enrolled the first factor: this one knew only the password.
 */
export function addFactor(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">,
  standing: KnownStanding,
  factor: FactorKind,
  write: (trx: Transaction<Database>, existing: Factors) => Promise<void>,
): Promise<FactorAdded> {
  const { account } = standing;
  return ctx.db.transaction().execute(async (trx) => {
    const existing = await lockFactors(trx, account.id);
    await write(trx, existing);
    if (standing.state === "enrol" && hasFactor(existing)) throw new CodedError("second_factor_required");
    const recoveryCodes = existing.hasRecoveryCodes ? null : newRecoveryCodes(ctx);
    if (recoveryCodes) await insertRecoveryCodes(trx, account.id, recoveryCodes.map(hashRecoveryCode));
    const { authSession } = await passSecondFactor(trx, ctx, standing);

    const replaced = factor === "totp" && existing.totp ? { replaced: true } : {};
    const act = { actorId: account.id, subjectId: account.id, details: { factor, ...replaced } };
    await writeAuditEntry(trx, ctx, { action: "factor.added", ...act });
    if (standing.state !== "signed_in") await noteSecondFactor(trx, ctx, standing, factor);
    await tellOwner(trx, ctx, standing, { template: "factor_added", factor });
    return { authSession, recoveryCodes };
  });
}
