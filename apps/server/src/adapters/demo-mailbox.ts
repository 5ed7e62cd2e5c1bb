import type { Clock, Mailer } from "@tessera/core";
import type { RenderedMail } from "@tessera/documents";

const mostKept = 200;

/** A mail that was sent nowhere. */
export type DemoMail = RenderedMail & { id: string; to: string; at: Date };

/** Where the demo's mails go: nowhere but a page of ours. */
export type DemoMailbox = Mailer & {
  /** The newest first. */
  mails: () => readonly DemoMail[];
};

/** Keeps mails in this process's memory; the oldest make room. `helpContact` is what they say of where help is found. */
export function createDemoMailbox(clock: Clock, helpContact?: string): DemoMailbox {
  const kept: DemoMail[] = [];
  return {
    send: async ({ id, to, locale, content }) => {
      // Loaded with the first mail: a server that starts has more urgent things to do.
      const { renderMail } = await import("@tessera/documents");
      const rendered = await renderMail({ locale, content, helpContact });
      kept.unshift({ id, to, at: clock(), ...rendered });
      kept.length = Math.min(kept.length, mostKept);
    },
    mails: () => kept,
  };
}
