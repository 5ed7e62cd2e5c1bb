import type { EmployeeRole, Locale, Role } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

/** An account as those who change its rights need it, read under its lock. */
export type AccountForChange = {
  id: string;
  email: string;
  displayName: string;
  locale: Locale;
  role: Role;
  roleSince: Date;
  disabledAt: Date | null;
  /** When its second factors were last taken away by a link in a mail. */
  factorsResetAt: Date | null;
};
export type Employee = AccountForChange & { role: EmployeeRole };

const changeColumns = [
  "id",
  "email",
  "display_name as displayName",
  "locale",
  "role",
  "role_since as roleSince",
  "disabled_at as disabledAt",
  "factors_reset_at as factorsResetAt",
] as const;

/**
 * Locks an employee and every admin who is not disabled, all by id: of two who take each other's rights at once, the
 * second one sees what the first one did. Nobody but employees is among them.
 */
export async function lockEmployeeAndAdmins(trx: Transaction<Database>, accountId: string): Promise<Employee[]> {
  return trx
    .selectFrom("account")
    .select(changeColumns)
    .$narrowType<{ locale: Locale; role: EmployeeRole }>()
    .where("deleted_at", "is", null)
    .where("role", "<>", "visitor")
    .where((eb) => eb.or([eb("id", "=", accountId), eb.and([eb("role", "=", "admin"), eb("disabled_at", "is", null)])]))
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/**
 * Whether somebody is an admin, and stays one until the transaction ends: who takes their rights waits, and then finds
 * what they have done. Admins do not wait for each other here.
 */
export async function lockAdmin(trx: Transaction<Database>, accountId: string): Promise<boolean> {
  const admin = await trx
    .selectFrom("account")
    .select("id")
    .where("id", "=", accountId)
    .where("role", "=", "admin")
    .where("disabled_at", "is", null)
    .where("deleted_at", "is", null)
    .forShare()
    .executeTakeFirst();
  return admin !== undefined;
}

/** The role of an employee who is not disabled, and stays so until the transaction ends: as `lockAdmin`. */
export async function lockEmployeeRole(
  trx: Transaction<Database>,
  accountId: string,
): Promise<EmployeeRole | undefined> {
  const employee = await trx
    .selectFrom("account")
    .select("role")
    .$narrowType<{ role: EmployeeRole }>()
    .where("id", "=", accountId)
    .where("role", "<>", "visitor")
    .where("disabled_at", "is", null)
    .where("deleted_at", "is", null)
    .forShare()
    .executeTakeFirst();
  return employee?.role;
}

/** The same for several admins, by id: those of them who are admins, with since when. */
export async function lockAdmins(
  trx: Transaction<Database>,
  accountIds: readonly string[],
): Promise<{ id: string; roleSince: Date }[]> {
  return trx
    .selectFrom("account")
    .select(["id", "role_since as roleSince"])
    .where("id", "in", accountIds)
    .where("role", "=", "admin")
    .where("disabled_at", "is", null)
    .where("deleted_at", "is", null)
    .orderBy("id")
    .forShare()
    .execute();
}

export async function lockAccountByEmail(
  trx: Transaction<Database>,
  email: string,
): Promise<AccountForChange | undefined> {
  return trx
    .selectFrom("account")
    .select(changeColumns)
    .$narrowType<{ locale: Locale; role: Role }>()
    .where("email", "=", email)
    .where("deleted_at", "is", null)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateRole(
  trx: Transaction<Database>,
  { accountId, role, since }: { accountId: string; role: Role; since: Date },
): Promise<void> {
  await trx.updateTable("account").set({ role, role_since: since }).where("id", "=", accountId).execute();
}

/** Until its owner sets another one by a mailed link. */
export async function removePassword(trx: Transaction<Database>, accountId: string): Promise<void> {
  await trx.updateTable("account").set({ password_hash: null }).where("id", "=", accountId).execute();
}

export async function updateDisabledAt(
  trx: Transaction<Database>,
  accountId: string,
  disabledAt: Date | null,
): Promise<void> {
  await trx.updateTable("account").set({ disabled_at: disabledAt }).where("id", "=", accountId).execute();
}

/** What an admin sees of everybody who is not a visitor, with a reset that waits for another admin. */
export async function selectEmployees(db: Kysely<Database>, now: Date) {
  return db
    .selectFrom("account")
    .leftJoin("totp_factor", "totp_factor.account_id", "account.id")
    .leftJoin("staff_factor_reset as reset", (join) =>
      join
        .onRef("reset.account_id", "=", "account.id")
        .on("reset.approved_at", "is", null)
        .on("reset.cancelled_at", "is", null)
        .on("reset.expires_at", ">", now),
    )
    .leftJoin("account as requester", "requester.id", "reset.requested_by")
    .select((eb) => [
      "account.id",
      "account.email",
      "account.display_name as displayName",
      "account.role",
      "account.created_at as createdAt",
      "account.disabled_at as disabledAt",
      "totp_factor.confirmed_at as totpConfirmedAt",
      eb
        .exists(eb.selectFrom("passkey").select("passkey.id").whereRef("passkey.account_id", "=", "account.id"))
        .as("hasPasskey"),
      eb
        .selectFrom("auth_session")
        .select((each) => each.fn.max("auth_session.last_used_at").as("last_used_at"))
        .whereRef("auth_session.account_id", "=", "account.id")
        .where("auth_session.expires_at", ">", now)
        .as("lastUsedAt"),
      "reset.id as resetId",
      "reset.requested_by as resetRequestedById",
      "requester.display_name as resetRequestedBy",
      "reset.requested_at as resetRequestedAt",
      "reset.expires_at as resetExpiresAt",
    ])
    .$narrowType<{ role: EmployeeRole; hasPasskey: boolean }>()
    .where("account.role", "<>", "visitor")
    .where("account.deleted_at", "is", null)
    .orderBy("account.display_name")
    .orderBy("account.id")
    .execute();
}
