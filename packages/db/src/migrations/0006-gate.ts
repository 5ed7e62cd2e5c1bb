import type { Kysely } from "kysely";
import { createIncidents } from "./0006-gate/incidents.ts";
import { trackListChanges } from "./0006-gate/list-changes.ts";
import { createPassages } from "./0006-gate/passages.ts";
import { grantRights } from "./0006-gate/rights.ts";
import { createScanners } from "./0006-gate/scanners.ts";
import { keepRecords } from "./0006-gate/scans.ts";

/** Tablets of their own, scans that come late, who went in and out, and what must be looked at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createScanners(db);
  await keepRecords(db);
  await createPassages(db);
  await createIncidents(db);
  await trackListChanges(db);
  await grantRights(db);
}
