import type { Ticket } from "@tessera/contracts";

/** Which tickets are shared out together, as an address says it: those of an order, or of a competition session. */
type Together = { readonly order?: string; readonly session?: string };

export function parseTogether(search: Record<string, unknown>): Together {
  const { order, session } = search;
  if (typeof order === "string") return { order };
  return typeof session === "string" ? { session } : {};
}

/** Those of them that go in together, by competition session, in order of time. */
export function groupsToShareOut(tickets: readonly Ticket[], { order, session }: Together): (readonly Ticket[])[] {
  const wanted = tickets.filter(
    ({ state, orderId, competitionSession }) =>
      state !== "cancelled" && (order === undefined ? competitionSession.code === session : orderId === order),
  );
  const groups = Map.groupBy(wanted, ({ competitionSession }) => competitionSession.id);
  return [...groups.values()]
    .map((group) => group.toSorted((a, b) => a.reference.localeCompare(b.reference)))
    .toSorted((a, b) => startOf(a).localeCompare(startOf(b)));
}

const startOf = ([first]: readonly Ticket[]): string => first?.competitionSession.startsAt ?? "";

/** Whether there is anybody else to say something of. */
export function isForSeveral(tickets: readonly Ticket[]): boolean {
  return tickets.filter(({ state, handOver }) => state === "issued" && handOver.state !== "closed").length > 1;
}
