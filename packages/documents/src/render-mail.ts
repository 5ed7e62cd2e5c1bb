import type { Locale, MailContent } from "@tessera/contracts";

/** A mail as it is sent: `text` says the same as `html`. */
export type RenderedMail = { subject: string; html: string; text: string };

/** Draws a mail in a language. */
export async function renderMail({ content }: { locale: Locale; content: MailContent }): Promise<RenderedMail> {
  const text = Object.values(content).map(String).join("\n");
  return { subject: content.template, html: "", text };
}
