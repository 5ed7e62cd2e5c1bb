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

// Of PostgreSQL: connection exceptions, insufficient resources, operator intervention, system errors.
const outageClasses: ReadonlySet<string> = new Set(["08", "53", "57", "58"]);

/**
 * Whether PostgreSQL could not be reached, went away or could not go on. What was under way, even a commit, may have been
 * done or not. Asking again at once would meet the same.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return outageClasses.has((error.code ?? "").slice(0, 2));
  if (!(error instanceof Error)) return false;
  // Of the network, through Node; or pg's own words, which have no code.
  return ("syscall" in error && "errno" in error) || outageWords.test(error.message);
}

const outageWords =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after)/;
