import { setImmediate as nextTurn } from "node:timers/promises";
import type { ListedEntry, ListHead, ListRow } from "@tessera/pass";
import { toCategory, toOfferName } from "../../catalogue/rows.ts";
import type { CoreContext } from "../../context.ts";
import type { OrganiserKeys } from "../../keys/organiser-keys.ts";
import { listedState } from "./listed-state.ts";
import type { selectTicketPage } from "./lists.queries.ts";
import { digestBytes, keptTokenDigest } from "./next-token-digest.ts";

export type ListedTicketRow = Awaited<ReturnType<typeof selectTicketPage>>[number];

/** So many tickets are listed before other work has its turn. */
const ticketsPerTurn = 500;

/** Tickets as a part has them, with the offers that they count in; `gates`: those that passages count in, by id. */
export async function toListRows(
  ctx: Pick<CoreContext, "keyring">,
  keys: OrganiserKeys,
  tickets: readonly ListedTicketRow[],
  gates: ReadonlyMap<string, number>,
): Promise<{ rows: readonly ListRow[]; offers: ListHead["offers"] }> {
  const offers: ListHead["offers"][number][] = [];
  const places = new Map<string, number>();
  const rows: ListRow[] = [];
  for (const ticket of tickets) {
    if (rows.length % ticketsPerTurn === ticketsPerTurn - 1) await nextTurn();
    const { kind, name } = toOfferName(ticket);
    const offerKey = `${kind} ${name?.fr} ${name?.en}`;
    const offer = places.get(offerKey) ?? offers.push({ kind, name }) - 1;
    places.set(offerKey, offer);
    rows.push({
      id: wireId(ticket.id),
      state: listedState(ticket),
      epoch: ticket.epoch,
      zone: ticket.zone,
      category: toCategory(ticket.category),
      holderName: ticket.holder_name,
      offer,
      passDigest: ticket.pass_sha256?.toString("base64url", 0, digestBytes) ?? null,
      nextTokenDigest: keptTokenDigest(ctx.keyring, keys, ticket),
      reference: ticket.reference,
      order: ticket.order_reference,
      ...toPassages(ticket, gates),
    });
  }
  return { rows, offers };
}

/** A ticket's id as a part has it. */
export const wireId = (id: string): string => Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");

function toPassages(ticket: ListedTicketRow, gates: ReadonlyMap<string, number>): Passages {
  const { first_at, first_gate_id, first_by_hand, last_at, last_gate_id, last_by_hand, last_direction } = ticket;
  const firstEntry = toEntry(first_at, gates.get(first_gate_id ?? ""), first_by_hand);
  const last =
    ticket.last_scan_id === ticket.first_scan_id ? null : toEntry(last_at, gates.get(last_gate_id ?? ""), last_by_hand);
  return { firstEntry, lastPassage: last && [...last, last_direction === "in" ? "in" : "out"] };
}
type Passages = Pick<ListRow, "firstEntry" | "lastPassage">;

const toEntry = (at: Date | null, gate: number | undefined, byHand: boolean | null): ListedEntry | null =>
  at === null || gate === undefined ? null : [at.getTime(), gate, byHand === true];
