import type { Locale, MailTemplate } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";

export type MailRow = {
  id: string;
  accountId: string | null;
  template: MailTemplate;
  locale: Locale;
  sealedContent: Buffer;
  createdAt: Date;
};

export async function insertMail(trx: Transaction<Database>, mail: MailRow): Promise<void> {
  await trx
    .insertInto("mail")
    .values({
      id: mail.id,
      account_id: mail.accountId,
      template: mail.template,
      locale: mail.locale,
      sealed_content: mail.sealedContent,
      created_at: mail.createdAt,
    })
    .execute();
}

/** A mail that waits to be sent; undefined once it has been, or when it is forgotten. */
export async function findUnsentMail(
  db: Kysely<Database>,
  id: string,
): Promise<{ locale: Locale; sealedContent: Buffer } | undefined> {
  const row = await db
    .selectFrom("mail")
    .select(["locale", "sealed_content"])
    .where("id", "=", id)
    .where("sent_at", "is", null)
    .executeTakeFirst();
  if (row?.sealed_content == null) return undefined;
  return { locale: row.locale === "en" ? "en" : "fr", sealedContent: row.sealed_content };
}

/** Notes that a mail is sent, and erases what it said. */
export async function markMailSent(db: Kysely<Database>, id: string, at: Date): Promise<void> {
  await db.updateTable("mail").set({ sent_at: at, sealed_content: null }).where("id", "=", id).execute();
}

/** Erases what mails of an account say that were not sent: they never will be. */
export async function eraseUnsentMailsOf(trx: Transaction<Database>, accountId: string): Promise<void> {
  await trx
    .updateTable("mail")
    .set({ sealed_content: null })
    .where("account_id", "=", accountId)
    .where("sent_at", "is", null)
    .execute();
}

/** Erases what mails say that were made before `moment`, sent or not. */
export async function eraseMailsBefore(db: Kysely<Database>, moment: Date): Promise<void> {
  await db
    .updateTable("mail")
    .set({ sealed_content: null })
    .where("created_at", "<", moment)
    .where("sealed_content", "is not", null)
    .execute();
}

/** Gives back to the queue what a worker took longer ago than any sending lasts. Gives how many jobs. */
export async function releaseAbandonedMailJobs(db: Kysely<Database>, abandonedSeconds: number): Promise<number> {
  const { rows } = await sql<{ released: number }>`
    select release_abandoned_mail_jobs(make_interval(secs => ${abandonedSeconds})) as released`.execute(db);
  return rows[0]?.released ?? 0;
}

export async function deleteMailsBefore(db: Kysely<Database>, moment: Date): Promise<void> {
  await db.deleteFrom("mail").where("created_at", "<", moment).execute();
}
