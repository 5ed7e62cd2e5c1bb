const hour = 3_600_000;

/** Time in which the owner, who is told by mail, can say no. */
const waitMs = 72 * hour;
/**
 * The same where the mailbox has shown too little of late: a mail alone gave another password, or it is another one. Whoever
 * has taken a mailbox over and nothing else then waits as long for the factors as its owner has to notice.
 */
const longWaitMs = 7 * 24 * hour;
/** How long ago that was at most. */
const lateMs = 7 * 24 * hour;
/** After that, and after the factors are gone, tickets stay where they are a while longer. */
export const frozenAfterMs = 72 * hour;
/** How long the link that takes the factors away works; how long the one that stops it does. Hours. */
export const resetLinkHours = 7 * 24;
export const cancelLinkHours = 14 * 24;

type MailboxHistory = { passwordResetAt: Date | null; emailChangedAt: Date | null };

/** When a reset that is asked for now may happen: after 72 hours, or seven days where the mailbox is not to be trusted yet. */
export function readyAfter(requestedAt: Date, { passwordResetAt, emailChangedAt }: MailboxHistory): Date {
  const since = requestedAt.getTime() - lateMs;
  const isLate = [passwordResetAt, emailChangedAt].some((at) => at !== null && at.getTime() > since);
  return new Date(requestedAt.getTime() + (isLate ? longWaitMs : waitMs));
}

export const frozenUntil = ({ readyAt }: { readyAt: Date }): Date => new Date(readyAt.getTime() + frozenAfterMs);

/** Whether its link has run out unused: then one may ask anew. */
export function hasLapsed({ readyMailedAt }: { readyMailedAt: Date | null }, now: Date): boolean {
  return readyMailedAt !== null && readyMailedAt.getTime() + resetLinkHours * hour <= now.getTime();
}
