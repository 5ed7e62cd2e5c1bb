import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

type EmailChange = { id: string; accountId: string; newEmail: string; createdAt: Date; expiresAt: Date };

/** Makes it the one that is open: what its account asked for before is forgotten. The account is locked. */
export async function replaceEmailChange(trx: Transaction<Database>, change: EmailChange): Promise<void> {
  await deleteEmailChangeOf(trx, change.accountId);
  await trx
    .insertInto("email_change")
    .values({
      id: change.id,
      account_id: change.accountId,
      new_email: change.newEmail,
      created_at: change.createdAt,
      expires_at: change.expiresAt,
    })
    .execute();
}

/** Notes that one of the two addresses has said yes. Undefined if the change is not open any more. */
export async function confirmEmailChangeAt(
  trx: Transaction<Database>,
  { id, address, at }: { id: string; address: "old" | "new"; at: Date },
): Promise<{ newEmail: string; complete: boolean } | undefined> {
  const confirmed = await trx
    .updateTable("email_change")
    .set(address === "old" ? { old_confirmed_at: at } : { new_confirmed_at: at })
    .where("id", "=", id)
    .where("expires_at", ">", at)
    .returning(["new_email as newEmail", "old_confirmed_at as old", "new_confirmed_at as new"])
    .executeTakeFirst();
  return confirmed && { newEmail: confirmed.newEmail, complete: confirmed.old !== null && confirmed.new !== null };
}

/** False if there is none. */
export async function deleteEmailChangeOf(trx: Transaction<Database>, accountId: string): Promise<boolean> {
  const deleted = await trx.deleteFrom("email_change").where("account_id", "=", accountId).executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

export async function deleteEmailChangesExpiredBy(db: Kysely<Database>, at: Date): Promise<void> {
  await db.deleteFrom("email_change").where("expires_at", "<=", at).execute();
}
