import type { AccountView, Locale, Role } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { frozenAfterMs } from "./factor-reset.ts";

export type FactorReset = {
  id: string;
  accountId: string;
  requestedAt: Date;
  readyAt: Date;
  /** When the link that ends it was sent. */
  readyMailedAt: Date | null;
};

const columns = [
  "id",
  "account_id as accountId",
  "requested_at as requestedAt",
  "ready_at as readyAt",
  "ready_mailed_at as readyMailedAt",
] as const;

export async function findFactorReset(db: Kysely<Database>, accountId: string): Promise<FactorReset | undefined> {
  return db.selectFrom("factor_reset").select(columns).where("account_id", "=", accountId).executeTakeFirst();
}

export async function insertFactorReset(trx: Transaction<Database>, reset: FactorReset): Promise<void> {
  await trx
    .insertInto("factor_reset")
    .values({
      id: reset.id,
      account_id: reset.accountId,
      requested_at: reset.requestedAt,
      ready_at: reset.readyAt,
      ready_mailed_at: reset.readyMailedAt,
    })
    .execute();
}

export async function deleteFactorReset(trx: Transaction<Database>, id: string): Promise<void> {
  await trx.deleteFrom("factor_reset").where("id", "=", id).execute();
}

/** Those whose time has come and whose owners have not been told, the oldest first. */
export async function listUnannouncedFactorResets(
  db: Kysely<Database>,
  now: Date,
): Promise<Pick<FactorReset, "id" | "accountId">[]> {
  return db
    .selectFrom("factor_reset")
    .select(["id", "account_id as accountId"])
    .where("ready_mailed_at", "is", null)
    .where("ready_at", "<=", now)
    .orderBy("ready_at")
    .limit(100)
    .execute();
}

/** Of many servers that announce at once, one gets it. */
export async function markAnnounced(
  trx: Transaction<Database>,
  id: string,
  now: Date,
): Promise<FactorReset | undefined> {
  return trx
    .updateTable("factor_reset")
    .set({ ready_mailed_at: now })
    .where("id", "=", id)
    .where("ready_mailed_at", "is", null)
    .returning(columns)
    .executeTakeFirst();
}

/** Holds the account's row until the transaction ends. Nobody who is disabled or deleted. */
export async function lockOwner(trx: Transaction<Database>, accountId: string): Promise<AccountView | undefined> {
  return trx
    .selectFrom("account")
    .select(["id", "email", "display_name as displayName", "locale", "role"])
    .$narrowType<{ locale: Locale; role: Role }>()
    .where("id", "=", accountId)
    .where("disabled_at", "is", null)
    .where("deleted_at", "is", null)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** When a mail alone last gave the account another password, and when its address last changed. */
export async function readMailboxHistory(
  trx: Transaction<Database>,
  accountId: string,
): Promise<{ passwordResetAt: Date | null; emailChangedAt: Date | null }> {
  return trx
    .selectFrom("account")
    .select(["password_reset_at as passwordResetAt", "email_changed_at as emailChangedAt"])
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
}

export async function noteFactorsReset(trx: Transaction<Database>, accountId: string, at: Date): Promise<void> {
  await trx.updateTable("account").set({ factors_reset_at: at }).where("id", "=", accountId).execute();
}

/** Until then no ticket changes hands. Never shortens what is frozen for longer. */
export async function freezeHandOver(trx: Transaction<Database>, accountId: string, until: Date): Promise<void> {
  await trx
    .updateTable("account")
    .set({ hand_over_frozen_until: until })
    .where("id", "=", accountId)
    .where((eb) => eb.or([eb("hand_over_frozen_until", "is", null), eb("hand_over_frozen_until", "<", until)]))
    .execute();
}

/**
 * Only what was frozen until exactly then: another reason may have frozen it for longer. What a reset that was completed
 * has frozen stays: asking for another one and dropping it is no way around.
 */
export async function thawHandOver(trx: Transaction<Database>, accountId: string, until: Date): Promise<void> {
  await trx
    .updateTable("account")
    .set({ hand_over_frozen_until: sql`factors_reset_at + ${frozenAfterMs} * interval '1 millisecond'` })
    .where("id", "=", accountId)
    .where("hand_over_frozen_until", "=", until)
    .execute();
}

/** Whether a mail about this reset was written after `since`. */
export async function wasMailedSince(
  trx: Transaction<Database>,
  { accountId, requestedAt }: FactorReset,
  since: Date,
): Promise<boolean> {
  const mail = await trx
    .selectFrom("mail")
    .select("id")
    .where("account_id", "=", accountId)
    .where("template", "in", ["factor_reset_requested", "factor_reset_ready"])
    .where("created_at", ">", since)
    .where("created_at", ">=", requestedAt)
    .limit(1)
    .executeTakeFirst();
  return mail !== undefined;
}
