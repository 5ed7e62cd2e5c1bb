import { render } from "@react-email/render";
import type { Locale, MailContent, MailTemplate } from "@tessera/contracts";
import { accountMails } from "./mail/account-mails.ts";
import { factorMails } from "./mail/factor-mails.ts";
import { mailDocument } from "./mail/layout.ts";
import { type Composers, type MailParts, mailWords, type MailWords } from "./mail/mail-parts.ts";
import { oneLine } from "./mail/one-line.ts";
import { orderMails } from "./mail/order-mails.ts";
import { plainText } from "./mail/plain-text.ts";
import { staffMails } from "./mail/staff-mails.ts";

/** A mail as it is sent. `text` says all that `html` does. */
export type RenderedMail = { subject: string; html: string; text: string };

const composers: Composers<MailTemplate> = { ...accountMails, ...factorMails, ...staffMails, ...orderMails };

/**
 * Draws a mail: a subject of one line, HTML that loads nothing from anywhere, and plain text.
 *
 * @param mail.locale the language to write in
 * @param mail.content what it says; what people wrote in it is escaped, and kept on its line
 * @param mail.helpContact where help is found, in any words; without it no mail speaks of a help desk
 */
export async function renderMail(mail: {
  locale: Locale;
  content: MailContent;
  helpContact?: string | undefined;
}): Promise<RenderedMail> {
  const { locale, content, helpContact } = mail;
  const words = mailWords(locale);
  const help = helpContact === undefined ? undefined : words("frame.help", { contact: oneLine(helpContact) });
  const parts = compose(tidy(content), words, locale, help);
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
  help: string | undefined,
): MailParts {
  const composer: Composers<Template>[Template] = composers[content.template];
  return composer(content, words, locale, help);
}

/** All the text in it on one line each. */
function tidy<Content extends MailContent>(content: Content): Content {
  const tidied = { ...content };
  for (const [name, value] of Object.entries<unknown>(content)) {
    if (typeof value === "string") Object.assign(tidied, { [name]: oneLine(value) });
  }
  return tidied;
}
