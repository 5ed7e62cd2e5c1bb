/**
 * Why a code was let in, held for a look, or refused (DESIGN section 5). The order is the order of the checks:
 * the first that fails is the answer. `looked_up` is no failure: somebody was found by name and showed no code.
 * `bad_seal` comes last because only the server can check a seal.
 */
export const refusalReasons = [
  "malformed",
  "unknown_version",
  "unknown_issuer",
  "bad_signature",
  "unknown_ticket",
  "revoked",
  "blocked",
  "superseded",
  "not_current_pass",
  "unlisted_pass",
  "wrong_competition_session",
  "wrong_zone",
  "wrong_gate",
  "session_cancelled",
  "too_early",
  "too_late",
  "bad_proof",
  "stale_code",
  "list_too_old",
  "paper",
  "already_inside",
  "already_admitted",
  "not_inside",
  "looked_up",
  "bad_seal",
] as const;

/** Every reason that a verdict can carry. */
export const reasonCodes = [...refusalReasons, "admitted", "exited"] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** What staff do: let in, look closer, or send away. */
export const outcomes = ["admit", "check", "refuse"] as const;
export type Outcome = (typeof outcomes)[number];
