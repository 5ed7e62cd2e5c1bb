import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Actor } from "../../ports.ts";
import { changeEmployee, endWhatIsUnderWay } from "./change-employee.ts";
import { updateDisabledAt } from "./employees.queries.ts";

/**
 * Shuts an employee out at once, in every app. Who is disabled already stays it. Throws `own_account`, `not_found`, or
 * `forbidden` if the one who acts has just lost the right to.
 */
export async function disableEmployee(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring">,
  actor: Actor,
  { accountId }: { accountId: string },
): Promise<void> {
  await changeEmployee(ctx, actor, accountId, async (trx, { email, locale, disabledAt }) => {
    if (disabledAt !== null) return;
    await updateDisabledAt(trx, accountId, ctx.clock());
    await endWhatIsUnderWay(trx, ctx, actor, accountId);
    await queueMail(trx, ctx, { to: email, locale, accountId, content: { template: "account_disabled" } });
    await writeAuditEntry(trx, ctx, { action: "employee.disabled", actorId: actor.accountId, subjectId: accountId });
  });
}

/** Lets an employee sign in again. Throws as `disableEmployee`. */
export async function enableEmployee(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  actor: Actor,
  { accountId }: { accountId: string },
): Promise<void> {
  await changeEmployee(ctx, actor, accountId, async (trx, { disabledAt }) => {
    if (disabledAt === null) return;
    await updateDisabledAt(trx, accountId, null);
    await writeAuditEntry(trx, ctx, { action: "employee.enabled", actorId: actor.accountId, subjectId: accountId });
  });
}
