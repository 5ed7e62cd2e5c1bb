import type {
  Category,
  CompetitionSessionSummary,
  Direction,
  Gate,
  OfferKind,
  Outcome,
  ReasonCode,
  Verdict,
} from "@tessera/contracts";
import type { ListedTicket } from "@tessera/pass";
import type { Decision } from "./journal-entries.ts";

/** Who stands there, as the screen shows it. */
export type ShownTicket = {
  readonly ticketId: string;
  /** Null while names are locked. */
  readonly holderName: string | null;
  readonly kind: OfferKind;
  readonly name: { readonly fr: string; readonly en: string } | null;
  readonly category: Category;
  readonly zone: number;
  readonly reference: string | null;
  /** Null where there was no pass to say it. */
  readonly wheelchair: boolean | null;
  readonly child: boolean | null;
  /** How many belong together, and how many of them are inside; null for one who comes alone. */
  readonly party: { readonly inside: number; readonly of: number } | null;
  /** What the ticket is for, where that is another competition session than this one and the tablet knows it. */
  readonly otherSession: CompetitionSessionSummary | null;
};

/** A passage that stands in the way. */
export type ShownPassage = {
  readonly direction: Direction;
  readonly atMs: number;
  /** Null for a gate that the list does not name. */
  readonly gate: Pick<Gate, "id" | "code" | "name"> | null;
  readonly byHand: boolean;
};

/** What the screen says about one scan, or about one person who was found by name. */
export type ShownScan = {
  /** The number of its record. */
  readonly key: number;
  /** By the tablet's clock, unix milliseconds. */
  readonly scannedAtMs: number;
  readonly direction: Direction;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** What else was found wrong: whoever takes a closer look must see it too. */
  readonly alsoFailed: readonly ReasonCode[];
  /** Whether the server said so; otherwise the tablet alone. */
  readonly confirmed: boolean;
  readonly ticket: ShownTicket | null;
  readonly earlier: ShownPassage | null;
  /** Where the holder is sent to while tablets cannot talk; null where that does not matter. */
  readonly homeGate: Pick<Gate, "code" | "name"> | null;
  /** What a person has decided after a look. */
  readonly decision: Decision | null;
};

/** What is decided about a scan before the screen says it. */
export type ScanDecision = Pick<
  ShownScan,
  "outcome" | "reason" | "alsoFailed" | "ticket" | "earlier" | "homeGate" | "confirmed"
>;

/** What people see of a listed ticket. */
export function shownTicketOf(
  { entry, holderName, kind, name, reference }: ListedTicket,
  flags: Pick<ShownTicket, "wheelchair" | "child">,
): ShownTicket {
  const { ticketId, category, zone } = entry;
  return { ticketId, holderName, kind, name, category, zone, reference, ...flags, party: null, otherSession: null };
}

/** The server's answer in the place of the tablet's own; what the tablet found beside the same reason stays worth knowing. */
export function answeredBy(
  { outcome, reason, ticket, first }: Verdict,
  local: ScanDecision,
  competitionSessionId: string,
): ScanDecision {
  const named: ShownTicket | null =
    ticket === null
      ? null
      : {
          ticketId: ticket.id,
          holderName: ticket.holderName,
          kind: ticket.kind,
          name: ticket.name,
          category: ticket.category,
          zone: ticket.zone,
          reference: ticket.reference,
          wheelchair: null,
          child: null,
          party: null,
          otherSession: ticket.competitionSession.id === competitionSessionId ? null : ticket.competitionSession,
        };
  const said = ticket?.holderName ?? null;
  return {
    outcome,
    reason,
    confirmed: true,
    // The server says names to a tablet whose own are locked, or lost.
    ticket: local.ticket === null ? named : { ...local.ticket, holderName: local.ticket.holderName ?? said },
    alsoFailed: reason === local.reason ? local.alsoFailed : [],
    earlier:
      first === null
        ? null
        : (local.earlier ?? { direction: "in", atMs: Date.parse(first.at), gate: first.gate, byHand: false }),
    homeGate: null,
  };
}
