import type { Locale, MailTemplate } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";

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
