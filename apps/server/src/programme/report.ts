import type { ImportCounts, ImportOutcome, RowError } from "@tessera/core";
import { dayOf } from "./moment.ts";

type Over = Extract<ImportOutcome, { outcome: "over" }>;
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
    ...describeMoved(imported.moved),
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

/** Why a programme of another time is not imported, and the two ways on. */
export function describeOver({ over, total, firstStartsAt }: Over, timeZone: string): string[] {
  const firstDay = dayOf(firstStartsAt, timeZone);
  return [
    `${formatNumber(over)} of ${formatNumber(total)} competition sessions are already over; the first day is ${firstDay}. ` +
      "Use --shift-to YYYY-MM-DD to bring it forward, or --past to import it as it is. Nothing was imported.",
  ];
}

export const formatNumber = (value: number): string => value.toLocaleString("en");

const tableRow = (name: string, ...cells: string[]): string =>
  name.padEnd(22) + cells.map((cell) => cell.padStart(10)).join("");

function describeMoved(moved: Imported["moved"]): string[] {
  const sold = moved.filter(({ taken }) => taken > 0);
  return [
    ...warning("Warning: another venue or time than before", "competition sessions", codesOf(moved)),
    ...warning("Warning: of these, people have seats in", "competition sessions", codesOf(sold)),
  ];
}

const codesOf = (sessions: readonly { code: string }[]): string[] => sessions.map(({ code }) => code);

const describeLeftAlone = (name: string, left: readonly string[]): string[] =>
  warning("Warning: not in the file and left alone", name, left);

/** One line with the number and the first names, none when there is nothing to name. */
function warning(what: string, name: string, named: readonly string[]): string[] {
  if (named.length === 0) return [];
  const more = named.length > mostNamed ? ` and ${formatNumber(named.length - mostNamed)} more` : "";
  return [`${what}: ${formatNumber(named.length)} ${name}: ${named.slice(0, mostNamed).join(", ")}${more}`];
}
