const hour = 3_600_000;

/** Time in which the owner, who is told by mail, can say no. */
const waitMs = 72 * hour;
/** After that, and after the factors are gone, tickets stay where they are a while longer. */
export const frozenAfterMs = 72 * hour;
/** How long the link that takes the factors away works; how long the one that stops it does. Hours. */
export const resetLinkHours = 7 * 24;
export const cancelLinkHours = 10 * 24;

export const readyAfter = (requestedAt: Date): Date => new Date(requestedAt.getTime() + waitMs);
export const frozenUntil = ({ readyAt }: { readyAt: Date }): Date => new Date(readyAt.getTime() + frozenAfterMs);

/** Whether its link has run out unused: then one may ask anew. */
export function hasLapsed({ readyMailedAt }: { readyMailedAt: Date | null }, now: Date): boolean {
  return readyMailedAt !== null && readyMailedAt.getTime() + resetLinkHours * hour <= now.getTime();
}
