import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import type { Actor } from "../../ports.ts";
import { lockLiveAccount } from "../accounts.queries.ts";
import { deleteMailTokensOf } from "../mail-tokens/mail-tokens.queries.ts";
import { deleteEmailChangeOf } from "./email-changes.queries.ts";

/** Forgets the change of address that the actor has asked for, and its links die. Nothing happens where none waits. */
export async function withdrawEmailChange(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  { accountId }: Pick<Actor, "accountId">,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await lockLiveAccount(trx, accountId);
    await dropEmailChange(trx, ctx, { accountId, by: "owner" });
  });
}

/** Forgets the change that waits for an account, which is locked, with the links that were mailed for it. */
export async function dropEmailChange(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  { accountId, by }: { accountId: string; by: "owner" | "password_reset" },
): Promise<void> {
  if (!(await deleteEmailChangeOf(trx, accountId))) return;
  await deleteMailTokensOf(trx, accountId, ["email_change_old", "email_change_new"]);
  const acting = { actorId: accountId, subjectId: accountId };
  await writeAuditEntry(trx, ctx, { action: "email_change.withdrawn", ...acting, details: { by } });
}
