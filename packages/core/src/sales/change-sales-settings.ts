import type { SalesSettings } from "@tessera/contracts";
import { demandAdmin } from "../accounts/staff/change-employee.ts";
import { changesOf } from "../audit/changes-of.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { updateSalesSettings } from "./sales-settings.queries.ts";
import { readSalesSettings } from "./sales-settings.ts";

/**
 * Changes the limits of an account and the tax in a price, for what is reserved and sold from now on: tickets keep the tax
 * that they were sold with. `version` is the one that was seen. Errors: `conflict` with `version` if somebody else was
 * faster, `not_found` before the first programme, `forbidden` for who has just lost the right to.
 */
export async function changeSalesSettings(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  actor: Pick<Actor, "accountId">,
  settings: SalesSettings,
): Promise<SalesSettings> {
  const { limits, taxRateBp, version } = settings;
  return ctx.db.transaction().execute(async (trx) => {
    await demandAdmin(trx, actor);
    const before = await readSalesSettings({ db: trx });
    if (!(await updateSalesSettings(trx, settings))) {
      throw new CodedError("conflict", { version: (await readSalesSettings({ db: trx })).version });
    }
    await writeAuditEntry(trx, ctx, {
      action: "sales_settings.changed",
      actorId: actor.accountId,
      details: {
        version: version + 1,
        ...changesOf({ taxRateBp: before.taxRateBp, ...before.limits }, { taxRateBp, ...limits }),
      },
    });
    return readSalesSettings({ db: trx });
  });
}
