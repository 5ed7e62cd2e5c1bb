import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { EnrolledScanner } from "../scanners/scanner.ts";
import { hasShift, type ShiftsWanted, updateEnded } from "./shifts.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random">;

/**
 * Ends a shift of the tablet that asks. One that has ended already stays as it is. Throws `not_found` for another's.
 *
 * @param input.shiftId one that `beginShift` gave to this tablet
 */
export async function endShift(
  ctx: Parts,
  { scannerId }: EnrolledScanner,
  { shiftId }: { shiftId: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await hasShift(trx, { scannerId, shiftId }))) throw new CodedError("not_found");
    await endShifts(trx, ctx, { scannerId, shiftId });
  });
}

/**
 * Ends every open shift of a tablet or of an account, in the transaction of what makes that due.
 *
 * @param options.by who does that; by default those whose shifts they are
 */
export async function endShifts(
  trx: Transaction<Database>,
  ctx: Omit<Parts, "db">,
  wanted: ShiftsWanted,
  { by }: { by?: string } = {},
): Promise<void> {
  for (const { id: shiftId, scannerId, accountId } of await updateEnded(trx, wanted, ctx.clock())) {
    await writeAuditEntry(trx, ctx, {
      action: "shift.ended",
      actorId: by ?? accountId,
      subjectId: scannerId,
      details: { shiftId, accountId },
    });
  }
}
