import type { Outcome } from "@tessera/contracts";
import type { ShownScan } from "@tessera/scanner-core";

/** What it has come to. `undecided`: a person must look, and has not said anything yet. */
export type Conclusion = "through" | "undecided" | "refused" | "let_through" | "overridden" | "sent_away";

/** What counts in the end: the newest word of a person, or else the screen's. */
export function conclusionOf({ outcome, decision }: Pick<ShownScan, "outcome" | "decision">): Conclusion {
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
export const faceOf = (verdict: Pick<ShownScan, "outcome" | "decision">): Outcome => faces[conclusionOf(verdict)];
