import type { ProvenRule, SalesProof } from "@tessera/core";
import { formatNumber } from "../programme/report.ts";

/** What was counted, each rule with whether it holds, and the first rows that break it: a line for each entry. */
export function describeProof({ counted, rules }: SalesProof, { milliseconds }: { milliseconds: number }): string[] {
  const broken = rules.filter(({ total }) => total > 0);
  const counts: [string, number][] = [
    ["orders", counted.orders],
    ["payments", counted.payments],
    ["refunds", counted.refunds],
    ["tickets", counted.tickets],
    ["  of them given back", counted.returned],
    ["ledger entries", counted.ledgerEntries],
    ["seat pools", counted.seatPools],
    ["  seats", counted.capacity],
    ["  seats taken", counted.taken],
    ["stored answers", counted.keys],
  ];
  return [
    ...counts.map(([name, count]) => name.padEnd(24) + formatNumber(count).padStart(16)),
    "sold, in euros".padEnd(24) + euros(counted.amountCents).padStart(16),
    "  tax in it".padEnd(24) + euros(counted.taxCents).padStart(16),
    "",
    ...rules.flatMap(describeRule),
    "",
    broken.length === 0
      ? `Everything agrees: ${rules.length} rules, proved in ${(milliseconds / 1000).toFixed(1)} s.`
      : `NOT GOOD: ${broken.length} of ${rules.length} rules are broken.`,
  ];
}

function describeRule({ name, table, total, first }: ProvenRule): string[] {
  if (total === 0) return [`ok      ${name}`];
  return [
    `BROKEN  ${name}: ${formatNumber(total)} ${total === 1 ? "time" : "times"}`,
    ...first.map(({ id, found, expected }) => `          ${table} ${id}: found ${found}, expected ${expected}`),
    ...(total > first.length ? [`          and ${formatNumber(total - first.length)} more`] : []),
  ];
}

const euros = (cents: number): string =>
  (cents / 100).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
