import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import { type KnownStanding, passSecondFactor } from "../auth-sessions/auth-sessions.ts";
import type { FactorAdded } from "./add-factor.ts";
import { lockFactors } from "./factors.queries.ts";
import { tellOwner } from "./tell-owner.ts";
import {
  findTotpReplacement,
  putTotpReplacement,
  replaceTotpSecret,
  takeTotpReplacement,
} from "./totp-replacements.queries.ts";
import { clockAheadOf, totpReplacementPlace, totpSecretPlace, totpStepOf } from "./totp.ts";

// A new phone: the app of the old one counts until the new one has shown a right code, and from then on no more.

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/** The secret of the new app: `secret` in the place of one that is not younger than `replaceBefore`, else the one there. */
export async function beginTotpReplacement(
  ctx: Parts,
  { account, authSession }: KnownStanding,
  { secret, replaceBefore }: { secret: Buffer; replaceBefore: Date },
): Promise<Buffer> {
  const shown = { accountId: account.id, authSessionId: authSession.id };
  const place = totpReplacementPlace(account.id);
  const sealedSecret = ctx.keyring.seal("totp", secret, place);
  await putTotpReplacement(ctx.db, { ...shown, sealedSecret, createdAt: ctx.clock(), replaceBefore });
  const replacement = await findTotpReplacement(ctx.db, shown);
  // Another auth session has asked since the statement before: nobody is shown what was not made for them.
  if (!replacement) throw new CodedError("conflict");
  return ctx.keyring.open("totp", replacement.sealedSecret, place);
}

/**
 * The new app has shown a code: the old one counts no more, and auth sessions elsewhere, which it may have opened, end.
 * Throws `totp_not_enrolled` and `wrong_code` as an enrolment does.
 */
export async function confirmTotpReplacement(ctx: Parts, standing: KnownStanding, code: string): Promise<FactorAdded> {
  const { account, authSession } = standing;
  const shown = { accountId: account.id, authSessionId: authSession.id };
  const replacement = await findTotpReplacement(ctx.db, shown);
  if (!replacement) throw new CodedError("totp_not_enrolled");
  const confirmedAt = ctx.clock();
  const secret = ctx.keyring.open("totp", replacement.sealedSecret, totpReplacementPlace(account.id));
  const step = await totpStepOf(code, secret, confirmedAt);
  if (step === undefined) {
    const clockAheadSeconds = await clockAheadOf(code, secret, confirmedAt);
    throw new CodedError("wrong_code", clockAheadSeconds === undefined ? {} : { clockAheadSeconds });
  }
  const sealedSecret = ctx.keyring.seal("totp", secret, totpSecretPlace(account.id));
  return ctx.db.transaction().execute(async (trx) => {
    await lockFactors(trx, account.id);
    if (!(await takeTotpReplacement(trx, { ...shown, createdAt: replacement.createdAt }))) {
      throw new CodedError("totp_not_enrolled");
    }
    if (!(await replaceTotpSecret(trx, { accountId: account.id, sealedSecret, confirmedAt, step }))) {
      throw new CodedError("conflict");
    }
    await deleteAuthSessionsOf(trx, account.id, { except: authSession.id });
    const passed = await passSecondFactor(trx, ctx, standing);
    const act = { actorId: account.id, subjectId: account.id, details: { factor: "totp", replaced: true } };
    await writeAuditEntry(trx, ctx, { action: "factor.added", ...act });
    await tellOwner(trx, ctx, standing, { template: "factor_added", factor: "totp" });
    return { authSession: passed.authSession, recoveryCodes: null };
  });
}
