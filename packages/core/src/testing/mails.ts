import type { MailContent, MailTemplate } from "@tessera/contracts";
import { SealError } from "@tessera/pass/issuer";
import type { CoreContext } from "../context.ts";
import { mailPlace, queueMail, type SealedContent, type SealedMail } from "../mail/queue-mail.ts";

/** What a template says, with moments as the text that they are sealed as. */
type QueuedContent<Template extends MailTemplate> = Extract<SealedContent, { template: Template }>;

/** The mails in the outbox for an address, the newest first, opened. */
export async function queuedMails(ctx: CoreContext, to: string): Promise<{ id: string; content: SealedContent }[]> {
  const rows = await ctx.db
    .selectFrom("mail")
    .select(["id", "sealed_content"])
    .where("sealed_content", "is not", null)
    .orderBy("id", "desc")
    .execute();
  return rows.flatMap(({ id, sealed_content: sealed }) => {
    const mail = sealed === null ? undefined : openMail(ctx, id, sealed);
    return mail?.to === to ? [{ id, content: mail.content }] : [];
  });
}

/** What the mails in the outbox for somebody say, the newest first. */
export async function queuedMailsFor(ctx: CoreContext, { accountId }: { accountId: string }): Promise<SealedContent[]> {
  const account = ctx.db.selectFrom("account").select("email").where("id", "=", accountId);
  return (await queuedMails(ctx, (await account.executeTakeFirstOrThrow()).email)).map(({ content }) => content);
}

/** Undefined for a mail of another context over the same database, which has keys of its own. */
function openMail({ keyring }: CoreContext, id: string, sealed: Buffer): SealedMail | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealing authenticates: only `queueMail` has written it
    return JSON.parse(keyring.open("mail", sealed, mailPlace(id)).toString()) as SealedMail;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** The newest mail of a template to an address. Throws if there is none. */
export async function queuedMail<Template extends MailTemplate>(
  ctx: CoreContext,
  to: string,
  template: Template,
): Promise<QueuedContent<Template>> {
  for (const { content } of await queuedMails(ctx, to)) if (isOf(content, template)) return content;
  throw new Error(`no mail ${template} for ${to}`);
}

const isOf = <Template extends MailTemplate>(
  content: SealedContent,
  template: Template,
): content is QueuedContent<Template> => content.template === template;

/** Puts a mail in French into the outbox, with nothing else. Gives its id. */
export function queueTestMail(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring">,
  mail: { to: string; content: MailContent },
): Promise<string> {
  return ctx.db.transaction().execute((trx) => queueMail(trx, ctx, { ...mail, locale: "fr", accountId: null }));
}

/** What stands behind the `#` of a mailed link. */
export function secretOf(link: string): string {
  return link.slice(link.indexOf("#") + 1);
}
