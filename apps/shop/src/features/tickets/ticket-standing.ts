import type { Ticket } from "@tessera/contracts";
import { toBase64url } from "@tessera/pass";
import type { DeviceKey } from "./device-keys.ts";

/**
 * Where a ticket stands as seen from this device. `here`: its pass is on this device and is the current one;
 * `unfinished`: the key is here and known to the server, but its pass never arrived, or went when its owner signed out;
 * `elsewhere`: another device has it; `admitted`: it has opened the gate, and its code is not here.
 */
export type TicketStanding =
  | "cancelled"
  | "blocked"
  | "here"
  | "unfinished"
  | "elsewhere"
  | "admitted"
  | Exclude<Ticket["activation"]["state"], "active">;

export function ticketStanding(ticket: Ticket, key: DeviceKey | undefined): TicketStanding {
  if (ticket.state === "cancelled") return "cancelled";
  if (ticket.blocked && ticket.state === "issued") return "blocked";
  const { state, devicePublicKey } = ticket.activation;
  const hasKey = state === "active" && key !== undefined && toBase64url(key.publicKey) === devicePublicKey;
  if (hasKey && key.activated?.epoch === ticket.epoch) return "here";
  // It gets no pass any more, and needs none.
  if (ticket.state === "admitted") return "admitted";
  if (state !== "active") return state;
  return hasKey ? "unfinished" : "elsewhere";
}

export type TicketGroup = {
  readonly competitionSession: Ticket["competitionSession"];
  readonly tickets: readonly Ticket[];
};

/** Tickets by competition session: those that are still to come in order of time, and those that are over, newest first. */
export function groupTickets(
  tickets: readonly Ticket[],
  nowMs: number,
): { upcoming: TicketGroup[]; past: TicketGroup[] } {
  const groups = Map.groupBy(tickets, ({ competitionSession }) => competitionSession.id);
  const ordered = [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first === undefined
        ? []
        : [{ competitionSession: first.competitionSession, tickets: group.toSorted(byOffer) }];
    })
    .toSorted((a, b) => a.competitionSession.startsAt.localeCompare(b.competitionSession.startsAt));
  const isOver = ({ competitionSession }: TicketGroup): boolean => Date.parse(competitionSession.endsAt) < nowMs;
  return { upcoming: ordered.filter((group) => !isOver(group)), past: ordered.filter(isOver).toReversed() };
}

/**
 * The tickets that one leafs through together with one of them, in order of time: those of its order; of what others
 * gave, those of its competition session.
 */
export function ticketsTogether(tickets: readonly Ticket[], { orderId, competitionSession }: Ticket): Ticket[] {
  return tickets
    .filter((other) =>
      orderId === null
        ? other.orderId === null && other.competitionSession.id === competitionSession.id
        : other.orderId === orderId,
    )
    .toSorted(
      (a, b) =>
        a.competitionSession.startsAt.localeCompare(b.competitionSession.startsAt) ||
        a.competitionSession.id.localeCompare(b.competitionSession.id) ||
        byOffer(a, b),
    );
}

/** What was bought together stands together, before what others gave. */
function byOffer(a: Ticket, b: Ticket): number {
  return (
    Number(a.orderReference === null) - Number(b.orderReference === null) ||
    (a.orderReference ?? "").localeCompare(b.orderReference ?? "") ||
    a.kind.localeCompare(b.kind) ||
    a.category.localeCompare(b.category) ||
    a.reference.localeCompare(b.reference)
  );
}
