import type { Kysely } from "kysely";
import { createAccounts } from "./0001-initial/accounts.ts";
import { createCatalogue } from "./0001-initial/catalogue.ts";
import { createGate } from "./0001-initial/gate.ts";
import { grantRights } from "./0001-initial/rights.ts";
import { createSales } from "./0001-initial/sales.ts";
import { createTickets } from "./0001-initial/tickets.ts";

/**
 * The first schema. Rules that hold for every table:
 * - ids are UUIDv7 from the application; times are timestamptz; money is integer cents;
 * - big tables begin their primary key with the competition session, so that they can be partitioned by it;
 * - every constraint has a name, since code turns violations into coded errors by name;
 * - the application role gets only the rights that it uses; what is history has neither UPDATE nor DELETE.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createAccounts(db);
  await createCatalogue(db);
  await createSales(db);
  await createTickets(db);
  await createGate(db);
  await grantRights(db);
}
