import type { Random } from "@tessera/chaos/random";
import type { RandomBytes } from "@tessera/core";
import { generateSigningSeed, loadSigningKey } from "@tessera/pass/issuer";
import { homeOf, type SimulatedGate, type Venue } from "../stage/venue.ts";
import { forged, nothing, ownCode, picture, relayed } from "./showings.ts";
import type { IssuedTicket, Visitor } from "./ticket.ts";

/** Somebody who comes to a gate at a moment. */
export type Arrival = { readonly atMs: number; readonly gateId: string; readonly visitor: Visitor };

/** Shares of all parties. */
const shares = {
  /** Go to the gate that they are sent to. */
  atHome: 0.8,
  pictured: 0.04,
  relayed: 0.01,
  forged: 0.01,
  deadPhone: 0.01,
};

/** Everybody who comes to the gates within a time, honest and not, as it is before anything happens. */
export function planArrivals(
  tickets: readonly IssuedTicket[],
  venue: Venue,
  { random, bytes, fromMs, lastsMs }: { random: Random; bytes: RandomBytes; fromMs: number; lastsMs: number },
): Arrival[] {
  const attacker = loadSigningKey(generateSigningSeed());
  const arrivals: Arrival[] = [];
  for (const party of Map.groupBy(tickets, (ticket) => ticket.party).values()) {
    const [first] = party;
    if (first === undefined) continue;
    const gates = venue.gates.filter(({ zones }) => zones.includes(first.zone));
    const home = homeOf(venue, first);
    const gate = random.chance(shares.atHome) ? home : random.pick(gates);
    const atMs = fromMs + random.next() * lastsMs;
    const phoneIsDead = random.chance(shares.deadPhone);
    party.forEach((ticket, place) => {
      const visitor = { ticket, showing: phoneIsDead ? nothing : ownCode(ticket), rightful: true };
      arrivals.push({ atMs: atMs + place * 1000, gateId: gate.id, visitor });
    });
    arrivals.push(...planCheats(first, { atMs, gates, random }));
    if (random.chance(shares.forged)) {
      const visitor = { ticket: null, showing: forged(first, random, bytes, attacker), rightful: false };
      arrivals.push({ atMs: fromMs + random.next() * lastsMs, gateId: random.pick(gates).id, visitor });
    }
  }
  return arrivals.toSorted((a, b) => a.atMs - b.atMs);
}

/** Those who want to go in with the code of somebody who comes at that moment. */
function planCheats(
  ticket: IssuedTicket,
  { atMs, gates, random }: { atMs: number; gates: readonly SimulatedGate[]; random: Random },
): Arrival[] {
  const cheats: Arrival[] = [];
  const gateId = (): string => random.pick(gates).id;
  if (random.chance(shares.pictured)) {
    // Pictured in the queue, and shown 20 seconds to ten minutes later.
    const picturedAtMs = atMs - random.next() * 120_000;
    const laterMs = 20_000 * 30 ** random.next();
    const visitor = { ticket, showing: picture(ticket, picturedAtMs), rightful: false };
    cheats.push({ atMs: picturedAtMs + laterMs, gateId: gateId(), visitor });
  }
  if (random.chance(shares.relayed)) {
    const visitor = { ticket, showing: relayed(ticket, 1000 + random.next() * 5000), rightful: false };
    cheats.push({ atMs: atMs + random.next() * 5000, gateId: gateId(), visitor });
  }
  return cheats;
}
