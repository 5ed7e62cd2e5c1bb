import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

// What is known of a person beside what they bought. No column in this file is a secret, a hash or a key.

export async function selectAccountData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("account")
    .select((eb) => [
      "id",
      "email",
      "display_name as displayName",
      "locale",
      "role",
      "role_since as roleSince",
      "created_at as createdAt",
      "factors_reset_at as factorsResetAt",
      "hand_over_frozen_until as handOverFrozenUntil",
      "password_reset_at as passwordResetAt",
      "email_changed_at as emailChangedAt",
      eb("password_hash", "is not", null).as("hasPassword"),
    ])
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
}

export async function selectTotpData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("totp_factor")
    .select(["created_at as createdAt", "confirmed_at as confirmedAt"])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

export async function selectPasskeyData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("passkey")
    .select(["name", "transports", "created_at as createdAt", "last_used_at as lastUsedAt"])
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .execute();
}

export async function selectRecoveryCodeData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("recovery_code")
    .select("used_at as usedAt")
    .where("account_id", "=", accountId)
    .orderBy("used_at")
    .execute();
}

export async function selectFactorResetData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("factor_reset")
    .select(["requested_at as requestedAt", "ready_at as readyAt", "ready_mailed_at as mailedAt"])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

export async function selectEmailChangeData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("email_change")
    .select([
      "new_email as newEmail",
      "old_confirmed_at as oldConfirmedAt",
      "new_confirmed_at as newConfirmedAt",
      "created_at as createdAt",
      "expires_at as expiresAt",
    ])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

/** Which mails were written to them. What they said is forgotten when they are sent. */
export async function selectMailData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("mail")
    .select(["template", "locale", "created_at as createdAt", "sent_at as sentAt"])
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
}

/** What was written down by or about them. Who else took part is not theirs to know. */
export async function selectAuditData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("audit_entry")
    .select((eb) => [
      "at",
      "action",
      "details",
      eb.fn.coalesce(eb("actor_id", "=", accountId), eb.lit(false)).as("byYou"),
      eb.fn.coalesce(eb("subject_id", "=", accountId), eb.lit(false)).as("aboutYou"),
    ])
    .where((eb) => eb.or([eb("actor_id", "=", accountId), eb("subject_id", "=", accountId)]))
    .orderBy("at")
    .orderBy("id")
    .execute();
}
