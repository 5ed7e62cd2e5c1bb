import { type ListedTicket, listedTicketAt, type TicketsOfPart, toBase64url, uuidToBytes } from "@tessera/pass";
import type { KeptPart } from "./list-store.ts";

/** Where a ticket stands. */
export type TicketPlace = { readonly key: string; readonly part: TicketsOfPart; readonly row: number };

/** Holders' names of a part, by row; null while they are locked. */
export type NamesOf = (key: string) => readonly string[] | null;

/** More rows than any part has. */
const rowsAPart = 2 ** 20;

/**
 * All tickets of a list in memory: a map from ticket ids to places in the parts' own columns. A part that is added later is
 * right, and so nothing is copied.
 */
export class ListIndex {
  readonly #parts: (KeptPart | null)[] = [];
  readonly #places = new Map<string, number>();

  constructor(parts: readonly KeptPart[] = []) {
    for (const part of parts) this.add(part);
  }

  /** How many tickets there are. */
  get size(): number {
    return this.#places.size;
  }

  /** Rows of a part, those included that a later part has replaced. */
  rowsOf(key: string): number {
    return this.#parts.find((kept) => kept?.key === key)?.part.tickets.id.length ?? 0;
  }

  add(kept: KeptPart): void {
    const base = (this.#parts.push(kept) - 1) * rowsAPart;
    for (const [row, id] of kept.part.tickets.id.entries()) this.#places.set(id, base + row);
  }

  /** Puts `merged` in the place of the parts that it was made of. */
  replace(keys: ReadonlySet<string>, merged: readonly KeptPart[]): void {
    for (const [index, kept] of this.#parts.entries()) if (kept && keys.has(kept.key)) this.#parts[index] = null;
    for (const kept of merged) this.add(kept);
  }

  find(ticketId: string): TicketPlace | undefined {
    const place = this.#places.get(wireId(ticketId));
    return place === undefined ? undefined : this.#at(place);
  }

  /** Every ticket, once. */
  *places(): Generator<TicketPlace> {
    for (const place of this.#places.values()) {
      const found = this.#at(place);
      if (found) yield found;
    }
  }

  /** The rows of some parts that no later part has replaced, in the order of the parts. */
  *placesIn(keys: ReadonlySet<string>): Generator<TicketPlace> {
    for (const [index, kept] of this.#parts.entries()) {
      if (!kept || !keys.has(kept.key)) continue;
      for (const [row, id] of kept.part.tickets.id.entries()) {
        if (this.#places.get(id) === index * rowsAPart + row) yield { ...kept, row };
      }
    }
  }

  /** Some rows of each part, those left out that a later part has replaced. */
  *placesOf(rowsOf: (part: TicketsOfPart) => readonly number[]): Generator<TicketPlace> {
    for (const [index, kept] of this.#parts.entries()) {
      for (const row of kept ? rowsOf(kept.part) : []) {
        const id = kept?.part.tickets.id[row];
        if (kept && id !== undefined && this.#places.get(id) === index * rowsAPart + row) yield { ...kept, row };
      }
    }
  }

  #at(place: number): TicketPlace | undefined {
    const kept = this.#parts[Math.floor(place / rowsAPart)];
    return kept ? { ...kept, row: place % rowsAPart } : undefined;
  }
}

export const ticketAt = ({ key, part, row }: TicketPlace, namesOf: NamesOf): ListedTicket | undefined =>
  listedTicketAt(part, row, namesOf(key)?.[row] ?? null);

/** A ticket's id as parts have it; empty for what is no UUID. */
function wireId(ticketId: string): string {
  try {
    return toBase64url(uuidToBytes(ticketId));
  } catch {
    return "";
  }
}
