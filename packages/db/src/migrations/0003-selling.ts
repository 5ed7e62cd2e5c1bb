import type { Kysely } from "kysely";
import { createCapacityChanges } from "./0003-selling/capacity.ts";
import { extendIdempotency } from "./0003-selling/idempotency.ts";
import { extendLedger } from "./0003-selling/ledger.ts";
import { createOrderSearch } from "./0003-selling/order-search.ts";
import { extendPayments } from "./0003-selling/payments.ts";
import { dropReferencesOfReservations } from "./0003-selling/references.ts";
import { grantRights } from "./0003-selling/rights.ts";

/** Selling: stored answers, payments and refunds with their history, tax, and capacity that two admins change. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await extendIdempotency(db);
  await extendPayments(db);
  await extendLedger(db);
  await createCapacityChanges(db);
  await createOrderSearch(db);
  await dropReferencesOfReservations(db);
  await grantRights(db);
}
