/** A gate, as far as it matters for whom it is home. */
export type GateOfZones = { readonly id: string; readonly code: string; readonly zones: readonly number[] };

/**
 * The gate that a ticket's holder is sent to: one of those that lead to its zone, each for about as many tickets. The same
 * wherever it is asked, since it follows from the ticket alone; null where no gate leads there.
 *
 * @param ticketId UUIDv7 in lower case: its last 32 bits are random
 */
export function homeGateOf<Gate extends GateOfZones>(
  ticket: { readonly ticketId: string; readonly zone: number },
  gates: readonly Gate[],
): Gate | null {
  const leading = gates
    .filter(({ zones }) => zones.includes(ticket.zone))
    .toSorted((a, b) => (a.code < b.code ? -1 : Number(a.code > b.code)));
  return leading[Number.parseInt(ticket.ticketId.slice(-8), 16) % leading.length] ?? null;
}
