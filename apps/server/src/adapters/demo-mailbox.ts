import type { Mailer, OutgoingMail } from "@tessera/core";

const mostKept = 500;

/** Where the demo's mails go: nowhere but a page of ours. */
export type DemoMailbox = Mailer & {
  /** The newest first. */
  mails: () => readonly OutgoingMail[];
};

/** Keeps mails in this process's memory; the oldest make room. */
export function createDemoMailbox(): DemoMailbox {
  const kept: OutgoingMail[] = [];
  return {
    send: async (mail) => {
      kept.unshift(mail);
      kept.length = Math.min(kept.length, mostKept);
    },
    mails: () => kept,
  };
}
