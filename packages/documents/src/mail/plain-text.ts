import type { MailParts, MailWords } from "./mail-parts.ts";

/** The same mail for whoever reads no HTML: a paragraph a part, and each link on a line of its own. */
export function plainText(
  { subject, text, items, code, alarm, action, other, note }: MailParts,
  words: MailWords,
): string {
  const paragraphs = [
    subject,
    text,
    items?.map((item) => `- ${item}`).join("\n"),
    code,
    alarm,
    action && words("frame.labelled", { label: action.label }) + `\n${action.link}`,
    other && `${other.text}\n${other.link}`,
    note,
    `-- \n${words("frame.neverAsk")}\n${words("frame.automatic")}`,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== undefined).join("\n\n")}\n`;
}
