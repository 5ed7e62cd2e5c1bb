import type { CompetitionSessionSummary } from "@tessera/contracts";

type Dated = Pick<CompetitionSessionSummary, "startsAt" | "endsAt">;

export const isOver = ({ endsAt }: Dated, nowMs: number): boolean => Date.parse(endsAt) < nowMs;

/** What is on or to come, in the order of time, then what is over, the latest first: the nearest always stands on top. */
export function nearestFirst<Row extends Dated>(rows: readonly Row[], nowMs: number): Row[] {
  const sorted = rows.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  return [...sorted.filter((row) => !isOver(row, nowMs)), ...sorted.filter((row) => isOver(row, nowMs)).toReversed()];
}
