import type { Role } from "@tessera/contracts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Actor } from "../../ports.ts";
import { changeEmployee, endWhatIsUnderWay } from "./change-employee.ts";
import { updateRole } from "./employees.queries.ts";

/**
 * Gives an employee another role; a visitor is no employee any more, and needs an invitation to become one again. All
 * their auth sessions end. The same role changes nothing. Throws `own_account`, `not_found`, `account_disabled` for one
 * who is to leave the staff without having been enabled before, or `forbidden` if the one who acts has just lost the
 * right to.
 */
export async function changeRole(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring">,
  actor: Actor,
  { accountId, role }: { accountId: string; role: Role },
): Promise<void> {
  await changeEmployee(ctx, actor, accountId, async (trx, employee) => {
    if (employee.role === role) return;
    // Visitors are not on the list of staff, and so nobody could enable this one again.
    if (role === "visitor" && employee.disabledAt !== null) throw new CodedError("account_disabled");
    const { email, locale } = employee;
    await updateRole(trx, { accountId, role, since: ctx.clock() });
    await endWhatIsUnderWay(trx, ctx, actor, accountId);
    await queueMail(trx, ctx, { to: email, locale, accountId, content: { template: "role_changed", role } });
    await writeAuditEntry(trx, ctx, {
      action: "employee.role_changed",
      actorId: actor.accountId,
      subjectId: accountId,
      details: { from: employee.role, to: role },
    });
  });
}
