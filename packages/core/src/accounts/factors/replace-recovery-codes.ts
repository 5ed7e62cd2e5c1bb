import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import type { SignedIn } from "../auth-sessions/auth-sessions.ts";
import { lockFactors } from "./factors.queries.ts";
import { deleteRecoveryCodes, insertRecoveryCodes } from "./recovery-codes.queries.ts";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery-codes.ts";
import { tellOwner } from "./tell-owner.ts";

/** Ten new recovery codes, shown this once. The old ones are worth nothing from this moment on. */
export function replaceRecoveryCodes(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">,
  standing: SignedIn,
): Promise<{ recoveryCodes: string[] }> {
  const { accountId } = standing.actor;
  const recoveryCodes = newRecoveryCodes(ctx);
  return ctx.db.transaction().execute(async (trx) => {
    await lockFactors(trx, accountId);
    await deleteRecoveryCodes(trx, accountId);
    await insertRecoveryCodes(trx, accountId, recoveryCodes.map(hashRecoveryCode));
    await tellOwner(trx, ctx, standing, { template: "recovery_codes_replaced" });
    await writeAuditEntry(trx, ctx, { action: "recovery_codes.replaced", actorId: accountId, subjectId: accountId });
    return { recoveryCodes };
  });
}
