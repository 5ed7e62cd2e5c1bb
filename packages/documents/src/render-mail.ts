import { render } from "@react-email/render";
import type { Locale, MailContent, MailTemplate } from "@tessera/contracts";
import { accountMails } from "./mail/account-mails.ts";
import { factorMails } from "./mail/factor-mails.ts";
import { mailDocument } from "./mail/layout.ts";
import { type Composers, type MailParts, mailWords, type MailWords } from "./mail/mail-parts.ts";
import { oneLine } from "./mail/one-line.ts";
import { plainText } from "./mail/plain-text.ts";
import { staffMails } from "./mail/staff-mails.ts";

/** A mail as it is sent. `text` says all that `html` does. */
export type RenderedMail = { subject: string; html: string; text: string };

const composers: Composers<MailTemplate> = { ...accountMails, ...factorMails, ...staffMails };

/**
 * Draws a mail: a subject of one line, HTML that loads nothing from anywhere, and plain text.
 *
 * @param mail.locale the language to write in
 * @param mail.content what it says; what people wrote in it is escaped, and kept on its line
 */
export async function renderMail({ locale, content }: { locale: Locale; content: MailContent }): Promise<RenderedMail> {
  const words = mailWords(locale);
  const parts = compose(tidy(content), words, locale);
  return {
    subject: parts.subject,
    html: await render(mailDocument(parts, words, locale)),
    text: plainText(parts, words),
  };
}

function compose<Template extends MailTemplate>(
  content: Extract<MailContent, { template: Template }>,
  words: MailWords,
  locale: Locale,
): MailParts {
  const composer: Composers<Template>[Template] = composers[content.template];
  return composer(content, words, locale);
}

/** All the text in it on one line each. */
function tidy<Content extends MailContent>(content: Content): Content {
  const tidied = { ...content };
  for (const [name, value] of Object.entries<unknown>(content)) {
    if (typeof value === "string") Object.assign(tidied, { [name]: oneLine(value) });
  }
  return tidied;
}
