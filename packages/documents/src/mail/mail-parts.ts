import type { Locale, MailContent, MailTemplate } from "@tessera/contracts";
import { type MailMessages, mailMessages } from "@tessera/messages";
import { createTranslator } from "use-intl/core";
import type { CalendarFile } from "../order-calendar.ts";

/** What stands in a mail, from top to bottom; a link is absolute. */
export type MailParts = {
  /** The heading too. */
  subject: string;
  text: string;
  /** What the text speaks of, as a list. */
  items?: readonly string[];
  /** Digits to be typed elsewhere. */
  code?: string;
  /** What to do if it was somebody else, where that is what matters most. */
  alarm?: string;
  /** The one main button. */
  action?: { label: string; link: string };
  /** A second way, as a sentence with a plain link. */
  other?: { text: string; link: string };
  note?: string | undefined;
  /** Files that go with it. */
  attachments?: readonly CalendarFile[];
};

export type MailWords = ReturnType<typeof createTranslator<MailMessages>>;

/** Says what a mail of one template has to say; `help` is whom to tell at once, as a sentence, where anybody is. */
export type Compose<Template extends MailTemplate> = (
  content: Extract<MailContent, { template: Template }>,
  words: MailWords,
  locale: Locale,
  help: string | undefined,
) => MailParts;

/** One for each template of a group. */
export type Composers<Template extends MailTemplate> = { readonly [Key in Template]: Compose<Key> };

export function mailWords(locale: Locale): MailWords {
  return createTranslator<MailMessages>({ locale, messages: mailMessages(locale), onError: fail });
}

/** A mail with a hole in it is not sent. */
function fail(error: Error): never {
  throw error;
}
