import type { Facts, ScannerReport, scannerStanding } from "@tessera/contracts";
import { toCompetitionSession } from "../../catalogue/rows.ts";
import type { CoreContext } from "../../context.ts";
import { toGate } from "../gate.ts";
import { selectAssigned, selectScannerWithGate } from "./scanner-views.queries.ts";
import { type KnownScanner, stateAt } from "./scanner.ts";
import { updateContact } from "./scanners.queries.ts";

/**
 * A tablet asks what has become of it, and says how it is: one that waits to be confirmed, and one that was refused or
 * revoked, learn that here. Of one that is enrolled the contact and the report are kept.
 *
 * @param input.report null where it has nothing to say
 */
export async function checkIn(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  { scannerId, state: known }: KnownScanner,
  { report }: { report: ScannerReport | null },
): Promise<Facts<typeof scannerStanding>> {
  const now = clock();
  if (known === "enrolled") await updateContact(db, scannerId, { at: now, report });
  const row = await selectScannerWithGate(db, scannerId);
  const assigned = await selectAssigned(db, [scannerId]);
  return {
    state: stateAt(row, now),
    name: row.name,
    gate: toGate(row),
    competitionSessions: assigned.map(toCompetitionSession),
    now,
  };
}
