import type { Audience, Locale, MailContent, MailLinkKind } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { SealedPlace } from "@tessera/pass/issuer";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import type { Policy } from "../ports.ts";
import { insertMail } from "./mails.queries.ts";

export type NewMail = {
  to: string;
  locale: Locale;
  /** Whose mail it is; null for an address without an account. */
  accountId: string | null;
  content: MailContent;
};

/** What is sealed: the address and the words. */
export type SealedMail = { to: string; content: SealedContent };

/** What a mail says as JSON gives it back: moments are ISO 8601. */
export type SealedContent = AsJson<MailContent>;
type AsJson<Value> = Value extends Date
  ? string
  : Value extends object
    ? { [Key in keyof Value]: AsJson<Value[Key]> }
    : Value;

/**
 * Puts a mail into the outbox, in the transaction of what it tells of: it is sent after the commit, and never without
 * it. Gives its id.
 */
export async function queueMail(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random" | "keyring">,
  { to, locale, accountId, content }: NewMail,
): Promise<string> {
  const id = newId(ctx);
  const sealed = { to, content };
  const sealedContent = ctx.keyring.seal("mail", Buffer.from(JSON.stringify(sealed)), mailPlace(id));
  await insertMail(trx, { id, accountId, template: content.template, locale, sealedContent, createdAt: ctx.clock() });
  return id;
}

/** Where a mail's content is sealed for. */
export function mailPlace(id: string): SealedPlace {
  return { table: "mail", column: "sealed_content", rowId: id, epoch: 0 };
}

type Links = { policy: Pick<Policy, "appUrls"> };

/** The link to a page of an app that takes what stands behind its `#`, which neither servers nor their logs see. */
export function mailLink(
  { policy }: Links,
  { audience, kind, secret }: { audience: Audience; kind: MailLinkKind; secret: string },
): string {
  return `${policy.appUrls[audience]}link/${kind}#${secret}`;
}

/** The link to an ordinary page of an app, such as `account`. */
export function appLink({ policy }: Links, audience: Audience, page: string): string {
  return `${policy.appUrls[audience]}${page}`;
}
