import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

export type MailTokenKind =
  | "password_reset"
  | "email_change_old"
  | "email_change_new"
  | "invitation"
  | "factor_reset"
  | "factor_reset_cancel";

export type MailTokenRow = {
  tokenHash: Buffer;
  kind: MailTokenKind;
  /** Whose it is; null for an invitation. */
  accountId: string | null;
  /** The invitation, change or reset that it is for. */
  subjectId: string | null;
  createdAt: Date;
  expiresAt: Date;
};

export async function insertMailToken(trx: Transaction<Database>, token: MailTokenRow): Promise<void> {
  await trx
    .insertInto("mail_token")
    .values({
      token_hash: token.tokenHash,
      kind: token.kind,
      account_id: token.accountId,
      subject_id: token.subjectId,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .execute();
}

export type FoundMailToken = Pick<MailTokenRow, "kind" | "accountId" | "subjectId">;

/** Takes a token out of the table. Of many who bring the same one at once, exactly one gets it. */
export async function takeMailToken(
  trx: Transaction<Database>,
  { tokenHash, kinds, now }: { tokenHash: Buffer; kinds: readonly MailTokenKind[]; now: Date },
): Promise<FoundMailToken | undefined> {
  return trx
    .deleteFrom("mail_token")
    .where("token_hash", "=", tokenHash)
    .where("kind", "in", kinds)
    .where("expires_at", ">", now)
    .returning(["kind", "account_id as accountId", "subject_id as subjectId"])
    .$narrowType<{ kind: MailTokenKind }>()
    .executeTakeFirst();
}

/** Looks without taking: for a page that says what a link is for. */
export async function findMailToken(
  db: Kysely<Database>,
  { tokenHash, kinds, now }: { tokenHash: Buffer; kinds: readonly MailTokenKind[]; now: Date },
): Promise<FoundMailToken | undefined> {
  return db
    .selectFrom("mail_token")
    .select(["kind", "account_id as accountId", "subject_id as subjectId"])
    .$narrowType<{ kind: MailTokenKind }>()
    .where("token_hash", "=", tokenHash)
    .where("kind", "in", kinds)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

export async function deleteMailTokensOf(
  trx: Transaction<Database>,
  accountId: string,
  kinds: readonly MailTokenKind[],
): Promise<void> {
  await trx.deleteFrom("mail_token").where("account_id", "=", accountId).where("kind", "in", kinds).execute();
}

export async function deleteMailTokensFor(trx: Transaction<Database>, subjectId: string): Promise<void> {
  await trx.deleteFrom("mail_token").where("subject_id", "=", subjectId).execute();
}

export async function deleteMailTokensExpiredBy(db: Kysely<Database>, at: Date): Promise<void> {
  await db.deleteFrom("mail_token").where("expires_at", "<=", at).execute();
}
