import type { Locale } from "@tessera/contracts";
import { disciplines as englishDisciplines } from "./en/disciplines.ts";
import { mail as englishMail } from "./en/mail.ts";
import { paper as englishPaper } from "./en/paper.ts";
import { disciplines as frenchDisciplines } from "./fr/disciplines.ts";
import { mail as frenchMail } from "./fr/mail.ts";
import { paper as frenchPaper } from "./fr/paper.ts";
import type { Translation } from "./translation.ts";

const french = { ...frenchMail, disciplines: frenchDisciplines, paper: frenchPaper };
const english: Translation<typeof french> = { ...englishMail, disciplines: englishDisciplines, paper: englishPaper };

/** The words of mails and of paper tickets, which only the server needs. The French sentences are its literal type. */
export type MailMessages = typeof french;

const words: Record<Locale, Translation<MailMessages>> = { fr: french, en: english };

/**
 * The words of mails and of paper tickets in one language.
 *
 * @returns messages in ICU MessageFormat, by template; those of tickets under `paper`
 */
export function mailMessages(locale: Locale): MailMessages {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test holds both languages to the same keys and arguments, which is all that the literal types stand for
  return words[locale] as MailMessages;
}
