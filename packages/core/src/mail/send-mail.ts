import type { MailContent, MailTicket } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import {
  deleteMailsBefore,
  eraseMailsBefore,
  findUnsentMail,
  markMailSent,
  releaseAbandonedMailJobs,
} from "./mails.queries.ts";
import { mailPlace, type SealedContent, type SealedMail } from "./queue-mail.ts";

/** Longer than a mailer may take. */
const abandonedSeconds = 120;
const keptDays = 90;
/** The tries end after 22 hours; whoever looks after the mails has two days more to have them tried again. */
const readableDays = 3;
const dayMs = 86_400_000;

type SealedTicket = Extract<SealedContent, { template: "tickets_cancelled" }>["tickets"][number];

/**
 * Hands a mail of the outbox to the mailer, then notes that it is sent and erases what it said. A mail that is sent
 * already, or forgotten, is left alone. Called by one worker at a time for each mail; one that dies between sending and
 * noting sends it twice, under the same id.
 *
 * @throws whatever the keyring or the mailer rejects with: the mail stays in the outbox, to be tried again
 */
export async function sendMail(
  ctx: Pick<CoreContext, "db" | "clock" | "keyring" | "mailer">,
  mailId: string,
): Promise<void> {
  const row = await findUnsentMail(ctx.db, mailId);
  if (row === undefined) return;
  const opened = ctx.keyring.open("mail", row.sealedContent, mailPlace(mailId)).toString();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealing authenticates: only `queueMail` has written it
  const { to, content } = JSON.parse(opened) as SealedMail;
  await ctx.mailer.send({ id: mailId, to, locale: row.locale, content: reviveContent(content) });
  await markMailSent(ctx.db, mailId, ctx.clock());
}

/** A worker that was killed keeps its mails: the others take them over after two minutes. Gives how many. */
export function releaseAbandonedMails({ db }: Pick<CoreContext, "db">): Promise<number> {
  return releaseAbandonedMailJobs(db, abandonedSeconds);
}

/**
 * Erases the addresses and words of mails that could not be sent within three days, and deletes what the outbox knows of
 * mails that are older than 90 days, sent or not.
 */
export async function forgetOldMails({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<void> {
  const now = clock().getTime();
  await eraseMailsBefore(db, new Date(now - readableDays * dayMs));
  await deleteMailsBefore(db, new Date(now - keptDays * dayMs));
}

/** JSON has no moments: a template that holds one and is missing here does not compile. */
function reviveContent(content: SealedContent): MailContent {
  switch (content.template) {
    case "factor_reset_requested":
      return { ...content, readyAt: new Date(content.readyAt) };
    case "hand_over_offered":
      return { ...content, expiresAt: new Date(content.expiresAt), tickets: content.tickets.map(reviveTicket) };
    case "hand_over_ended":
    case "tickets_cancelled":
      return { ...content, tickets: content.tickets.map(reviveTicket) };
    default:
      return content;
  }
}

function reviveTicket(ticket: SealedTicket): MailTicket {
  return { ...ticket, startsAt: new Date(ticket.startsAt) };
}
