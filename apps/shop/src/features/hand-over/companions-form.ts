import { displayName, email, type Ticket } from "@tessera/contracts";
import { z } from "zod";

/**
 * One row for each ticket: whose it is to be, and on whose phone. What was typed for another way is kept, and not looked
 * at. `self` is the issue of one's own address.
 */
export function companionsForm(ownEmail: string) {
  const kept = { ticketId: z.string(), name: z.string(), email: z.string() };
  return z.object({
    rows: z.array(
      z.discriminatedUnion("way", [
        z.object({ ...kept, way: z.literal("mine") }),
        z.object({ ...kept, way: z.literal("companion"), name: displayName }),
        z.object({ ...kept, way: z.literal("email"), email: email.refine((address) => address !== ownEmail, "self") }),
      ]),
    ),
  });
}

export type CompanionRows = z.input<ReturnType<typeof companionsForm>>["rows"];

/** Whether anything can still be said of a ticket: it is neither used nor on its way, and it is not too late. */
export function isOpenToChange({ state, blocked, handOver }: Ticket): boolean {
  return state === "issued" && !blocked && (handOver.state === "open" || handOver.state === "forbidden");
}

/** How things stand. */
export function rowsOf(tickets: readonly Ticket[], ownName: string): CompanionRows {
  return tickets.map(({ id, holderName }) =>
    holderName === ownName
      ? { ticketId: id, way: "mine", name: "", email: "" }
      : { ticketId: id, way: "companion", name: holderName, email: "" },
  );
}

export type Changes = {
  /** Null: the holder's own. */
  readonly names: readonly { readonly ticketId: string; readonly name: string | null }[];
  readonly offers: readonly { readonly ticketId: string; readonly email: string }[];
};

/** What is to be done so that things are as the rows say. */
export function changesOf(rows: CompanionRows, tickets: readonly Ticket[], ownName: string): Changes {
  const open = new Map(tickets.filter(isOpenToChange).map((ticket) => [ticket.id, ticket]));
  const names = [];
  const offers = [];
  for (const { ticketId, way, name, email: address } of rows) {
    const ticket = open.get(ticketId);
    if (ticket === undefined) continue;
    if (way === "email") offers.push({ ticketId, email: address });
    else if (ticket.holderName !== (way === "mine" ? ownName : name)) {
      names.push({ ticketId, name: way === "mine" ? null : name });
    }
  }
  return { names, offers };
}
