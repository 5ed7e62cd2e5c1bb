import type { Shift } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";

export async function insertShift(
  trx: Transaction<Database>,
  shift: {
    id: string;
    scannerId: string;
    accountId: string;
    role: Shift["role"];
    overrides: number;
    beganAt: Date;
    endsAt: Date;
  },
): Promise<void> {
  await trx
    .insertInto("shift")
    .values({
      id: shift.id,
      scanner_id: shift.scannerId,
      account_id: shift.accountId,
      role: shift.role,
      overrides: shift.overrides,
      began_at: shift.beganAt,
      ends_at: shift.endsAt,
    })
    .execute();
}

/** Which shifts: a tablet's, an account's, or both; or one of a tablet's. */
export type ShiftsWanted =
  | { scannerId: string; shiftId?: string; accountId?: string }
  | { accountId: string; scannerId?: string; shiftId?: never };

/** Ends those that are open: nobody has ended them and their time is not over. Gives which that were. */
export async function updateEnded(
  trx: Transaction<Database>,
  { scannerId, accountId, shiftId }: ShiftsWanted,
  at: Date,
) {
  let update = trx.updateTable("shift").set({ ended_at: at }).where("ended_at", "is", null).where("ends_at", ">", at);
  if (scannerId !== undefined) update = update.where("scanner_id", "=", scannerId);
  if (accountId !== undefined) update = update.where("account_id", "=", accountId);
  if (shiftId !== undefined) update = update.where("id", "=", shiftId);
  return update.returning(["id", "scanner_id as scannerId", "account_id as accountId"]).execute();
}

/** Whether a tablet has had such a shift. */
export async function hasShift(
  trx: Transaction<Database>,
  { scannerId, shiftId }: { scannerId: string; shiftId: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom("shift")
    .select("id")
    .where("id", "=", shiftId)
    .where("scanner_id", "=", scannerId)
    .executeTakeFirst();
  return row !== undefined;
}
