import type { FactorKind } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import type { SignedIn } from "../auth-sessions/auth-sessions.ts";
import { lockFactors } from "./factors.queries.ts";
import { type Factors, letsOwnerIn } from "./factors.ts";
import { deletePasskey } from "./passkeys.queries.ts";
import { tellOwner } from "./tell-owner.ts";
import { deleteTotpFactor } from "./totp-factors.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/** Takes the authenticator app away. Throws `totp_not_enrolled`, or `last_factor` if its owner would be locked out. */
export async function removeTotp(ctx: Parts, standing: SignedIn): Promise<void> {
  const { accountId } = standing.actor;
  await removeFactor(ctx, standing, "totp", async (trx, factors) => {
    if (!factors.totp) throw new CodedError("totp_not_enrolled");
    await deleteTotpFactor(trx, accountId);
    return { ...factors, totp: false };
  });
}

/** Takes one of one's own passkeys away. Throws `not_found`, or `last_factor` if its owner would be locked out. */
export async function removePasskey(
  ctx: Parts,
  standing: SignedIn,
  { passkeyId }: { passkeyId: string },
): Promise<void> {
  await removeFactor(ctx, standing, "passkey", async (trx, factors) => {
    const passkeys = factors.passkeys.filter(({ id }) => id !== passkeyId);
    if (passkeys.length === factors.passkeys.length) throw new CodedError("not_found");
    await deletePasskey(trx, passkeyId);
    return { ...factors, passkeys };
  });
}

/** `remove` gives what is left. Whoever signed in elsewhere may have done so by what is gone now, and so that ends. */
function removeFactor(
  ctx: Parts,
  standing: SignedIn,
  factor: FactorKind,
  remove: (trx: Transaction<Database>, factors: Factors) => Promise<Factors>,
): Promise<void> {
  const { accountId } = standing.actor;
  return ctx.db.transaction().execute(async (trx) => {
    const left = await remove(trx, await lockFactors(trx, accountId));
    if (!letsOwnerIn(left)) throw new CodedError("last_factor");
    await deleteAuthSessionsOf(trx, accountId, { except: standing.authSession.id });
    await tellOwner(trx, ctx, standing, { template: "factor_removed", factor });
    const act = { actorId: accountId, subjectId: accountId, details: { factor } };
    await writeAuditEntry(trx, ctx, { action: "factor.removed", ...act });
  });
}
