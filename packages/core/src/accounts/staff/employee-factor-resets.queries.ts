import { constraintOf, type Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { CodedError } from "../../errors.ts";

export type EmployeeFactorReset = {
  id: string;
  accountId: string;
  requestedBy: string;
  requestedAt: Date;
  expiresAt: Date;
};

/** Throws `conflict` if one is open already. */
export async function insertEmployeeFactorReset(trx: Transaction<Database>, reset: EmployeeFactorReset): Promise<void> {
  try {
    await trx
      .insertInto("staff_factor_reset")
      .values({
        id: reset.id,
        account_id: reset.accountId,
        requested_by: reset.requestedBy,
        requested_at: reset.requestedAt,
        expires_at: reset.expiresAt,
      })
      .execute();
  } catch (error) {
    if (constraintOf(error)?.constraint === "staff_factor_reset_one_open") throw new CodedError("conflict");
    throw error;
  }
}

/** One that still waits for another admin. */
export async function findOpenFactorReset(
  db: Kysely<Database>,
  { id, now }: { id: string; now: Date },
): Promise<Pick<EmployeeFactorReset, "accountId" | "requestedBy"> | undefined> {
  return db
    .selectFrom("staff_factor_reset")
    .select(["account_id as accountId", "requested_by as requestedBy"])
    .where("id", "=", id)
    .where("approved_at", "is", null)
    .where("cancelled_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

/**
 * Of many at once exactly one gets true. Throws `second_admin_required` if the one who approves asked for it, or is the
 * one whom it is for: the database looks as well.
 */
export async function markApproved(
  trx: Transaction<Database>,
  { id, approvedBy, now }: { id: string; approvedBy: string; now: Date },
): Promise<boolean> {
  try {
    const approved = await trx
      .updateTable("staff_factor_reset")
      .set({ approved_by: approvedBy, approved_at: now })
      .where("id", "=", id)
      .where("approved_at", "is", null)
      .where("cancelled_at", "is", null)
      .where("expires_at", ">", now)
      .returning("id")
      .executeTakeFirst();
    return approved !== undefined;
  } catch (error) {
    if (constraintOf(error)?.constraint === "staff_factor_reset_two_admins") {
      throw new CodedError("second_admin_required");
    }
    throw error;
  }
}

/** Cancels what is open by one key, expired or not; gives whose factors it was about. */
export async function cancelFactorResets(
  trx: Transaction<Database>,
  { by, value, now }: { by: "id" | "account_id" | "requested_by"; value: string; now: Date },
): Promise<string[]> {
  const rows = await trx
    .updateTable("staff_factor_reset")
    .set({ cancelled_at: now })
    .where(by, "=", value)
    .where("approved_at", "is", null)
    .where("cancelled_at", "is", null)
    .returning("account_id as accountId")
    .execute();
  return rows.map(({ accountId }) => accountId);
}

/** Makes room for a new one. */
export async function cancelExpiredFactorReset(
  trx: Transaction<Database>,
  { accountId, now }: { accountId: string; now: Date },
): Promise<void> {
  await trx
    .updateTable("staff_factor_reset")
    .set({ cancelled_at: now })
    .where("account_id", "=", accountId)
    .where("approved_at", "is", null)
    .where("cancelled_at", "is", null)
    .where("expires_at", "<=", now)
    .execute();
}
