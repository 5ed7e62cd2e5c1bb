import type {
  Category,
  CompetitionSessionSummary,
  Direction,
  Gate,
  OfferKind,
  Outcome,
  ReasonCode,
} from "@tessera/contracts";

/** What the screen says about one scan, or about one person who was found by name. */
export type ShownVerdict = {
  /** Names the scan: another one is another person's turn. */
  readonly key: string | number;
  /** By the tablet's clock, unix milliseconds. */
  readonly scannedAtMs: number;
  readonly direction: Direction;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** What else was found wrong: whoever takes a closer look must see it too. */
  readonly alsoFailed: readonly ReasonCode[];
  /** Whether the server said so; otherwise the tablet alone. */
  readonly confirmed: boolean;
  /** The tablet refused for good, and then the server said that it lets in. */
  readonly contradicted: boolean;
  readonly ticket: ShownTicket | null;
  /** The passage that stands in the way. */
  readonly earlier: ShownPassage | null;
  /** Where the holder is sent to while tablets cannot talk; null where that does not matter. */
  readonly homeGate: Pick<Gate, "code" | "name"> | null;
  /** What a person has decided after a look. */
  readonly decision: { readonly admit: boolean; readonly override: boolean } | null;
};

export type ShownTicket = {
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
  /** How many of the order's tickets there are, and how many of them are inside; null for one who comes alone. */
  readonly party: { readonly inside: number; readonly of: number } | null;
  /** What the ticket is for, where that is another competition session than this one and the tablet knows it. */
  readonly otherSession: CompetitionSessionSummary | null;
};

export type ShownPassage = {
  readonly direction: Direction;
  readonly atMs: number;
  /** Null for a gate that the list does not name. */
  readonly gate: Pick<Gate, "id" | "code" | "name"> | null;
  readonly byHand: boolean;
};

/** What it has come to. `undecided`: a person must look, and has not said anything yet. */
export type Conclusion = "through" | "undecided" | "refused" | "let_through" | "overridden" | "sent_away";

/** What counts in the end: the newest word of a person, or else the screen's. */
export function conclusionOf({ outcome, decision }: Pick<ShownVerdict, "outcome" | "decision">): Conclusion {
  if (decision !== null) return !decision.admit ? "sent_away" : decision.override ? "overridden" : "let_through";
  return outcome === "admit" ? "through" : outcome === "check" ? "undecided" : "refused";
}

const faces = {
  through: "admit",
  let_through: "admit",
  overridden: "admit",
  undecided: "check",
  refused: "refuse",
  sent_away: "refuse",
} as const satisfies Record<Conclusion, Outcome>;

/** Which of the three faces the screen has: one looks the same however it came about. */
export const faceOf = (verdict: Pick<ShownVerdict, "outcome" | "decision">): Outcome => faces[conclusionOf(verdict)];
