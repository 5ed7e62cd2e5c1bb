import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { handOverChecks } from "./prove-hand-overs.queries.ts";
import { historyChecks } from "./prove-history.queries.ts";
import { moneyChecks } from "./prove-money.queries.ts";
import {
  countSales,
  type Disagreement,
  type SalesCount,
  selectDisagreements,
  tuneForProof,
} from "./prove-sales.queries.ts";
import { seatChecks } from "./prove-seats.queries.ts";
import { selectSalesSettings } from "./sales-settings.queries.ts";

export type ProvenRule = { name: string; table: string; total: number; first: Disagreement[] };

/** Whether there are Games at all, what was counted, and each rule with how many rows break it; `first` names 10 of them at most. */
export type SalesProof = { hasGames: boolean; counted: SalesCount; rules: ProvenRule[] };

const mostNamed = 10;

/**
 * Proves that sums, ledger, orders, tickets, their holders, payments, pools and histories agree, or says where not. Everything is read
 * from one snapshot, and so it is right while others sell; it changes nothing and keeps nobody waiting.
 */
export async function proveSales({ db }: Pick<CoreContext, "db">): Promise<SalesProof> {
  return db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(proveWithin);
}

/** The same for what a transaction sees. */
export async function proveWithin(trx: Transaction<Database>): Promise<SalesProof> {
  await tuneForProof(trx);
  const hasGames = (await selectSalesSettings(trx)) !== undefined;
  const counted = await countSales(trx);
  const rules: ProvenRule[] = [];
  for (const check of [...moneyChecks, ...seatChecks, ...historyChecks, ...handOverChecks]) {
    const { name, table } = check;
    rules.push({ name, table, ...(await selectDisagreements(trx, check, mostNamed)) });
  }
  return { hasGames, counted, rules };
}
