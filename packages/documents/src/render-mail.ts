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
import { ticketMails } from "./mail/ticket-mails.ts";
import type { CalendarFile } from "./order-calendar.ts";

/** A mail as it is sent. `text` says all that `html` does. */
export type RenderedMail = { subject: string; html: string; text: string; attachments: readonly CalendarFile[] };

const composers: Composers<MailTemplate> = {
  ...accountMails,
  ...factorMails,
  ...staffMails,
  ...orderMails,
  ...ticketMails,
};

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
    attachments: parts.attachments ?? [],
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

/** All the text in it on one line each, however deep it lies. */
function tidy<Value>(value: Value): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a text becomes a text, and all else keeps its shape
  return tidyValue(value) as Value;
}

function tidyValue(value: unknown): unknown {
  if (typeof value === "string") return oneLine(value);
  if (Array.isArray(value)) return value.map(tidyValue);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, tidyValue(inner)]));
}
