import type { AccountView, Locale } from "@tessera/contracts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import type { Actor } from "../ports.ts";
import { updateLocale } from "./accounts.queries.ts";

/** The language in which mails are written to the actor from now on, and that the apps begin with. */
export function setLocale(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  { accountId }: Pick<Actor, "accountId">,
  { locale }: { locale: Locale },
): Promise<AccountView> {
  return ctx.db.transaction().execute(async (trx) => {
    const account = await updateLocale(trx, { accountId, locale });
    await writeAuditEntry(trx, ctx, {
      action: "account.locale_changed",
      actorId: accountId,
      subjectId: accountId,
      details: { locale },
    });
    return account;
  });
}
