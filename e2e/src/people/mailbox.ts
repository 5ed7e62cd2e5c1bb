import { setTimeout } from "node:timers/promises";

/** A mail as the demo's mailbox shows it. */
export type DemoMail = { readonly to: string; readonly subject: string; readonly text: string };

const pollMs = 50;

/** Waits for the newest mail to an address whose words fit, and gives what was looked for in it. */
export async function awaitMail(origin: string, to: string, wanted: RegExp): Promise<string> {
  for (;;) {
    const response = await fetch(`${origin}/demo/mailbox.json?to=${encodeURIComponent(to)}`);
    const mails = (await response.json()) as readonly DemoMail[];
    const found = mails.map(({ text }) => wanted.exec(text)?.[1]).find((text) => text !== undefined);
    if (found !== undefined) return found;
    await setTimeout(pollMs);
  }
}

/** The six digits that prove an address. */
export function mailedCode(origin: string, to: string): Promise<string> {
  return awaitMail(origin, to, /\b(\d{6})\b/);
}

/** The newest link of a kind that was mailed to an address. */
export function mailedLink(origin: string, to: string, kind: string): Promise<string> {
  return awaitMail(origin, to, new RegExp(`(\\S+/link/${kind}#\\S+)`));
}
