import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { findScanner } from "./scanner-lookups.queries.ts";
import type { EnrolledScanner, KnownScanner } from "./scanner.ts";

/** The tablet of that id with its key, whatever has become of it; undefined for one that nobody ever claimed. */
export function readKnownScanner(
  ctx: Pick<CoreContext, "db">,
  { scannerId }: { scannerId: string },
): Promise<KnownScanner | undefined> {
  return findScanner(ctx.db, scannerId);
}

/** Leaves an enrolled tablet in. Throws `scanner_not_enrolled` for one that is not yet, or no longer. */
export function demandEnrolled({ state, ...scanner }: KnownScanner): EnrolledScanner {
  if (state !== "enrolled") throw new CodedError("scanner_not_enrolled", { state });
  return scanner;
}
