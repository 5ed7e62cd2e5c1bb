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
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test holds both languages to the same keys and arguments, which is all that the literal types stand for
  return words[locale] as MailMessages;
}
