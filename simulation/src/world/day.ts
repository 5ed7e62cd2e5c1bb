import type { Random } from "@tessera/chaos/random";
import type { RandomBytes } from "@tessera/core";
import type { Venue } from "../stage/venue.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { Changes } from "./changes.ts";
import { planArrivals } from "./crowd.ts";
import type { Gates } from "./gates.ts";
import type { IssuedTicket } from "./ticket.ts";

/** Shares of all tickets. */
const shares = { moved: 0.01, blocked: 0.007, cancelled: 0.007 };

/** Plans everybody's day: who comes when, whose ticket is moved, handed over, blocked or paid back, and when. */
export function planDay(
  tickets: readonly IssuedTicket[],
  given: {
    time: VirtualTime;
    random: Random;
    bytes: RandomBytes;
    venue: Venue;
    gates: Gates;
    changes: Changes;
    fromMs: number;
    lastsMs: number;
  },
): void {
  const { time, random, venue, gates, changes, fromMs, lastsMs } = given;
  const someMoment = (): number => fromMs + random.next() * lastsMs;
  const moved = new Set<string>();
  for (const ticket of tickets) {
    const { ticketId, party } = ticket;
    if (random.chance(shares.blocked)) time.at(someMoment(), () => void changes.block(ticket));
    if (random.chance(shares.cancelled)) time.at(someMoment(), () => void changes.cancel(ticket));
    if (party.device === null || !random.chance(shares.moved)) continue;
    moved.add(ticketId);
    // Before anybody comes with it, but tablets may have been cut off for long when they do.
    const atMs = fromMs + random.next() * lastsMs * 0.6;
    const toAnother = random.chance(0.5);
    const gatesFor = venue.gates.filter(({ zones }) => zones.includes(ticket.zone));
    const comeAt = [0, 1].map(() => ({ gateId: random.pick(gatesFor).id, afterMs: random.next() * lastsMs * 0.35 }));
    time.at(atMs, () => {
      void changes.move(ticket, { toAnother }).then((visitors) => {
        if (visitors === null) return;
        [visitors.old, visitors.new].forEach((visitor, index) => {
          const { gateId, afterMs } = comeAt[index] ?? { gateId: "", afterMs: 0 };
          time.after(afterMs, () => gates.arrive(visitor, gateId));
        });
      });
    });
  }
  for (const { atMs, gateId, visitor } of planArrivals(tickets, venue, given)) {
    if (visitor.ticket === null || !moved.has(visitor.ticket.ticketId)) {
      time.at(atMs, () => gates.arrive(visitor, gateId));
    }
  }
}
