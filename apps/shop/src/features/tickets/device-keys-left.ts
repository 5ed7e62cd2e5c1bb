import type { Ticket } from "@tessera/contracts";
import type { DeviceKey } from "./device-keys.ts";

/** Postponed or disputed: as long as the server knows what its epochs were. */
const keepAfterMs = 30 * 24 * 3_600_000;

/**
 * What stays of a device key whose owner signs out: the key without its pass, so that the same owner gets the same pass
 * again with it, and nobody else anything. Null when its competition session is long over.
 *
 * @param ticket as last heard of; undefined for a key of somebody who was here before
 */
export function keyWithoutPass(key: DeviceKey, ticket: Ticket | undefined, nowMs: number): DeviceKey | null {
  const keepUntilMs = keptUntil(key, ticket) ?? nowMs + keepAfterMs;
  return keepUntilMs <= nowMs ? null : { ...key, activated: null, keepUntilMs };
}

/** The same key; null when its competition session is long over. */
export function keyUnlessOld(key: DeviceKey, ticket: Ticket | undefined, nowMs: number): DeviceKey | null {
  return (keptUntil(key, ticket) ?? Infinity) <= nowMs ? null : key;
}

/** What the server last said is newer than what the key remembers: a competition session may have been postponed. */
function keptUntil({ keepUntilMs }: DeviceKey, ticket: Ticket | undefined): number | undefined {
  return ticket === undefined ? keepUntilMs : Date.parse(ticket.competitionSession.endsAt) + keepAfterMs;
}
