import type { Locale } from "@tessera/contracts";
import { mail as english } from "./en/mail.ts";
import { mail as french } from "./fr/mail.ts";
import type { Translation } from "./translation.ts";

/** The words of mails, which only the server needs. The French sentences are its literal type. */
export type MailMessages = typeof french;

const words: Record<Locale, Translation<MailMessages>> = { fr: french, en: english };

/**
 * The words of mails in one language.
 *
 * @returns messages in ICU MessageFormat, by template
 */
export function mailMessages(locale: Locale): MailMessages {
  // As in load-messages.ts, a test holds both languages to the same keys and arguments.
  return words[locale] as MailMessages;
}
