import type { Facts, shift } from "@tessera/contracts";
import { deleteAuthSession } from "../../accounts/auth-sessions/auth-sessions.queries.ts";
import type { SignedIn } from "../../accounts/auth-sessions/auth-sessions.ts";
import { lockEmployeeRole } from "../../accounts/staff/employees.queries.ts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import type { EnrolledScanner } from "../scanners/scanner.ts";
import { lockEnrolled } from "../scanners/scanners.queries.ts";
import { endShifts } from "./end-shifts.ts";
import { insertShift } from "./shifts.queries.ts";

/**
 * Begins the shift of whoever has just signed in on a tablet, and ends that auth session: from here on the tablet's own
 * signature counts, and nothing stays on it that opens anything elsewhere. Of several at once with one auth session one
 * begins. Another shift that this person has on this tablet ends.
 * Throws `forbidden` for who is no employee any more, `not_signed_in` if the auth session has ended meanwhile, and
 * `scanner_not_enrolled` if the tablet was revoked meanwhile.
 */
export function beginShift(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  { actor: { accountId, displayName }, authSession }: SignedIn,
  { scannerId }: EnrolledScanner,
): Promise<Facts<typeof shift>> {
  return ctx.db.transaction().execute(async (trx) => {
    const role = await lockEmployeeRole(trx, accountId);
    if (role === undefined) throw new CodedError("forbidden");
    if (!(await deleteAuthSession(trx, { id: authSession.id, accountId }))) throw new CodedError("not_signed_in");
    if (!(await lockEnrolled(trx, scannerId))) throw new CodedError("scanner_not_enrolled");
    await endShifts(trx, ctx, { scannerId, accountId });
    const beganAt = ctx.clock();
    const begun = {
      id: newId(ctx),
      accountId,
      role,
      beganAt,
      endsAt: new Date(beganAt.getTime() + ctx.policy.shiftHours * 3_600_000),
      overrides: role === "staff" ? 0 : ctx.policy.overridesPerShift,
    };
    await insertShift(trx, { ...begun, scannerId });
    await writeAuditEntry(trx, ctx, {
      action: "shift.began",
      actorId: accountId,
      subjectId: scannerId,
      details: { shiftId: begun.id, role },
    });
    return { ...begun, displayName };
  });
}
