import pg from "pg";

/** A constraint that refused a write. */
export interface ConstraintViolation {
  readonly kind: "unique" | "check" | "foreign_key";
  /** The constraint's name, as the migration gave it. */
  readonly constraint: string;
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const constraintKinds: ReadonlyMap<string, ConstraintViolation["kind"]> = new Map([
  ["23505", "unique"],
  ["23514", "check"],
  ["23503", "foreign_key"],
]);

const retryableStates: ReadonlySet<string> = new Set([
  "40001", // serialization_failure
  "40P01", // deadlock_detected
]);

/** Says which named constraint refused a write; `undefined` when the error is anything else. */
export function constraintOf(error: unknown): ConstraintViolation | undefined {
  if (!(error instanceof pg.DatabaseError) || error.constraint === undefined) return undefined;
  const kind = constraintKinds.get(error.code ?? "");
  return kind && { kind, constraint: error.constraint };
}

/** Whether the same transaction may succeed when it is simply run again (deadlock, serialization failure). */
export function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && retryableStates.has(error.code ?? "");
}
