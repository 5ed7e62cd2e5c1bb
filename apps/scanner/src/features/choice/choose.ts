import type { CompetitionSessionSummary } from "@tessera/contracts";

type Dated = Pick<CompetitionSessionSummary, "startsAt" | "endsAt">;

/** What is on or to come, in the order of time, and what is over, the latest first: the nearest always stands on top. */
export function nearestFirst<Row extends Dated>(rows: readonly Row[], nowMs: number): { coming: Row[]; over: Row[] } {
  const sorted = rows.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const isOver = ({ endsAt }: Row): boolean => Date.parse(endsAt) < nowMs;
  return { coming: sorted.filter((row) => !isOver(row)), over: sorted.filter(isOver).toReversed() };
}

/** Letters without accents and case: nobody types “Épée” at a gate. */
const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** Whether every word of a search begins or stands somewhere in the texts. */
export function fits(search: string, texts: readonly string[]): boolean {
  const text = plain(texts.join(" "));
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
