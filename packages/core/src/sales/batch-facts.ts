import { type PurchaseLimits, reservation } from "@tessera/contracts";
import { keyOf, type ReservationState } from "./decide-reservations.ts";
import { toLimits } from "./purchase-limits.ts";
import { type BatchFacts, reserveOperation } from "./reservations.queries.ts";

const noLimits: PurchaseLimits = { games: 0, competitionSession: 0, ceremony: 0 };

/** What was read of accounts, as it is decided by. Before the first programme nothing may be had. */
export function toReservationState(
  facts: BatchFacts | undefined,
): Pick<ReservationState, "limits" | "seats" | "granted"> {
  if (facts === undefined) return { limits: noLimits, seats: new Map(), granted: new Map() };
  const seats = new Map<string, Map<string, number>>();
  for (const [accountId, competitionSessionId, count] of [...(facts.counts ?? []), ...(facts.received ?? [])]) {
    const account = seats.get(accountId) ?? new Map<string, number>();
    seats.set(accountId, account.set(competitionSessionId, (account.get(competitionSessionId) ?? 0) + count));
  }
  return {
    limits: toLimits(facts),
    seats,
    granted: new Map(
      (facts.keys ?? []).map(({ accountId, key, operation, bodyHash, answer }) => [
        keyOf({ accountId, idempotencyKey: key }),
        operation === reserveOperation ? { bodyHash, answer: reservation.parse(answer) } : null,
      ]),
    ),
  };
}
