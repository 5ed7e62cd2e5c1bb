import type { Outcome, ReasonCode } from "@tessera/contracts";
import type { Seen, Visitor } from "./ticket.ts";

export type Refusal = {
  readonly visitor: Visitor;
  readonly direction: "in" | "out";
  readonly tabletId: string;
  readonly gateId: string;
  readonly number: number;
  readonly atMs: number;
  readonly reason: ReasonCode;
  readonly confirmed: boolean;
  readonly online: boolean;
};

/** What a tablet said of somebody. */
export type Presented = {
  readonly visitor: Visitor;
  readonly direction: "in" | "out";
  readonly code: string | null;
  readonly tabletId: string;
  readonly gateId: string;
  readonly number: number;
  /** When it was read. */
  readonly atMs: number;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly confirmed: boolean;
};

/** A code in front of a tablet, whether or not the tablet lived to say something. */
export type Attempt = {
  readonly code: string;
  readonly tabletId: string;
  readonly gateId: string;
  readonly atMs: number;
};

/** When a ticket let nobody in, and since when its old pass is dead. */
export type Change = { readonly kind: "blocked" | "cancelled" | "moved"; readonly atMs: number };

/** What happened at the gates, as somebody would see it who sees everything. The tablets and the server know none of it. */
export class Truth {
  readonly seen: Seen[] = [];
  readonly refusals: Refusal[] = [];
  readonly presented: Presented[] = [];
  readonly attempts: Attempt[] = [];
  readonly #byTicket = new Map<string, Seen[]>();
  readonly #changes = new Map<string, Change[]>();

  note(one: Seen): void {
    this.seen.push(one);
    const { ticket } = one.visitor;
    if (ticket === null) return;
    const all = this.#byTicket.get(ticket.ticketId) ?? [];
    all.push(one);
    this.#byTicket.set(ticket.ticketId, all);
  }

  /** Who went through with a ticket, in order. */
  of(ticketId: string): readonly Seen[] {
    return this.#byTicket.get(ticketId) ?? [];
  }

  change(ticketId: string, change: Change): void {
    this.#changes.set(ticketId, [...this.changesOf(ticketId), change]);
  }

  changesOf(ticketId: string): readonly Change[] {
    return this.#changes.get(ticketId) ?? [];
  }

  /** All that happened with a ticket, for whoever looks into a finding. */
  storyOf(ticketId: string): string {
    const moments = [
      ...this.changesOf(ticketId).map(({ kind, atMs }) => ({ atMs, what: kind })),
      ...this.presented
        .filter(({ visitor }) => visitor.ticket?.ticketId === ticketId)
        .map(({ atMs, visitor, direction, tabletId, number, outcome, reason, confirmed }) => ({
          atMs,
          what: `${visitor.showing.what} ${direction} at ${short(tabletId)} ${number}: ${outcome} ${reason}${confirmed ? " (confirmed)" : ""}`,
        })),
      ...this.of(ticketId).map(({ atMs, direction, by, tabletId, number }) => ({
        atMs,
        what: `goes ${direction} by ${by} at ${short(tabletId)} ${number}`,
      })),
    ];
    const lines = moments.toSorted((a, b) => a.atMs - b.atMs);
    return lines.map(({ atMs, what }) => `\n      ${new Date(atMs).toISOString().slice(11)} ${what}`).join("");
  }
}

/** Enough of an id to tell it from others. */
const short = (id: string): string => id.slice(-6);
