import type { Outcome } from "@tessera/contracts";

/**
 * What the server finds of a code by itself, by what was right when it was scanned. `good`: this ticket's, by issuer, seal
 * and proof. `paper`, `bad_proof`, `stale_code`: this ticket's pass, and nothing proves that its holder showed it.
 * `looked_up`: no code, but a ticket of this competition session. All others are no ticket of it.
 */
export const findings = [
  "malformed",
  "unknown_version",
  "unknown_issuer",
  "bad_signature",
  "unknown_ticket",
  "wrong_competition_session",
  "not_current_pass",
  "bad_seal",
  "bad_proof",
  "stale_code",
  "paper",
  "looked_up",
  "good",
] as const;
export type Finding = (typeof findings)[number];

/** All that is known of one scan, whichever of it came first. */
export type ScanFacts = {
  /** What the server answered while the person waited. */
  readonly answered: Outcome | null;
  /** Whether the tablet's own record has come; its word is then the last. */
  readonly uploaded: boolean;
  /** What the screen said, by that record; null when the app was killed before it said anything. */
  readonly shown: Outcome | null;
  /** Null until the whole code was seen. */
  readonly finding: Finding | null;
  /** The newest that a person decided. */
  readonly decision: Decision | null;
};

export type Decision = {
  readonly admit: boolean;
  readonly override: boolean;
  /** Of an override: whether its shift was a supervisor's, and had one left. */
  readonly allowed: boolean;
};

/** Whether the person went through: by what a person decided, else by what the screen said, else by our answer. */
export function wentThrough({ decision, uploaded, shown, answered }: ScanFacts): boolean {
  if (decision !== null) return decision.admit;
  return (uploaded ? shown : answered) === "admit";
}

const itsPass: ReadonlySet<Finding | null> = new Set(["good", "paper", "bad_proof", "stale_code", "looked_up"]);

/**
 * What a scan counts for on its ticket: an entry or exit that its code proved, one by somebody's word, or none. None for
 * whoever did not go through; for what is no ticket of this competition session; for a code that proves nothing, where
 * nobody took a look; and for an override that nobody was allowed: whoever lets in so lets in a person, and spends no ticket.
 */
export function countsAs(facts: ScanFacts): "proved" | "by_hand" | null {
  const { finding, decision, shown } = facts;
  if (!wentThrough(facts) || !itsPass.has(finding)) return null;
  if (decision === null) return finding === "good" ? "proved" : null;
  if (decision.override || shown === "refuse") return decision.override && decision.allowed ? "by_hand" : null;
  return finding === "good" ? "proved" : "by_hand";
}
