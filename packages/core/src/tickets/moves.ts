import { CodedError } from "../errors.ts";
import type { Policy } from "../ports.ts";

const dayMs = 24 * 3_600_000;

/** From when on moves count: what is older is forgotten. */
export const movesCountFrom = (now: Date): Date => new Date(now.getTime() - dayMs);

/**
 * How often a ticket may still change its device or go onto paper. It lives in one place at a time; without a limit it
 * could be passed around a group of phones before a gate.
 *
 * @param moves those within 24 hours, the oldest first
 * @returns `nextAt`: when one more is possible, or null while some are left
 */
export function movesOf(
  { movesPerDay }: Pick<Policy, "movesPerDay">,
  moves: readonly Date[],
): { left: number; limit: number; nextAt: Date | null } {
  const left = Math.max(0, movesPerDay - moves.length);
  // The one whose end makes room again.
  const freeing = left > 0 ? undefined : moves[moves.length - movesPerDay];
  return { left, limit: movesPerDay, nextAt: freeing === undefined ? null : new Date(freeing.getTime() + dayMs) };
}

/** Throws `moves_used_up` with the moment of the next one (`retryAt`, ISO 8601) when none is left. */
export function assertMoveLeft(
  policy: Pick<Policy, "movesPerDay">,
  { ticketId, moves }: { ticketId: string; moves: readonly Date[] },
): void {
  const { nextAt } = movesOf(policy, moves);
  if (nextAt !== null) throw new CodedError("moves_used_up", { ticketId, retryAt: nextAt.toISOString() });
}
