import type { ImportCounts, ImportOutcome, RowError } from "@tessera/core";

type Imported = Extract<ImportOutcome, { outcome: "imported" }>;

const mostNamed = 10;

/** What an import did, or would do, for the person who runs the command: a line for each entry. */
export function describeImport(imported: Imported, { dryRun }: { dryRun: boolean }): string[] {
  const counts: [string, ImportCounts][] = [
    ["venues", imported.venues],
    ["competition sessions", imported.competitionSessions],
    ["seat pools", imported.seatPools],
    ["offers", imported.offers],
  ];
  return [
    tableRow(dryRun ? "Would be" : "", "created", "changed", "unchanged"),
    ...counts.map(([name, { created, changed, unchanged }]) =>
      tableRow(name, ...[created, changed, unchanged].map(formatNumber)),
    ),
    ...describeLeftAlone("competition sessions", imported.leftAlone.competitionSessions),
    ...describeLeftAlone("seat pools", imported.leftAlone.seatPools),
  ];
}

/** All errors of a file, each with its place. */
export function describeErrors(file: string, errors: readonly RowError[]): string[] {
  const count = errors.length === 1 ? "1 error" : `${formatNumber(errors.length)} errors`;
  return [
    `${file} has ${count}. Nothing was imported.`,
    ...errors.map(({ line, column, message }) => `  line ${line}${column === null ? "" : `, ${column}`}: ${message}`),
  ];
}

export const formatNumber = (value: number): string => value.toLocaleString("en");

const tableRow = (name: string, ...cells: string[]): string =>
  name.padEnd(22) + cells.map((cell) => cell.padStart(10)).join("");

function describeLeftAlone(name: string, left: readonly string[]): string[] {
  if (left.length === 0) return [];
  const more = left.length > mostNamed ? ` and ${formatNumber(left.length - mostNamed)} more` : "";
  return [`Not in the file and left alone: ${name} ${left.slice(0, mostNamed).join(", ")}${more}`];
}
