import type { SalesSettings } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { CodedError } from "../errors.ts";
import { selectSalesSettings } from "./sales-settings.queries.ts";

/** What the organiser has decided for all sales: limits of an account, and the tax in a price. Throws `not_found` before the first programme. */
export async function readSalesSettings({ db }: { db: Kysely<Database> }): Promise<SalesSettings> {
  const settings = await selectSalesSettings(db);
  if (settings === undefined) throw new CodedError("not_found");
  return settings;
}
