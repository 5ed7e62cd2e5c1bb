/** Longer than any name or address that we take. */
const longest = 320;

/** Line ends and other control characters, and what turns the direction of the text after it. */
const troublesome = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu;

/** What people wrote, as part of one line: it can neither begin a header nor a paragraph of its own. */
export function oneLine(text: string): string {
  return text.replace(troublesome, " ").trim().slice(0, longest);
}
