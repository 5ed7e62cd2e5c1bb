import type { Programme, ProgrammeRow } from "@tessera/contracts";
import { dayOf } from "../../shared/days.ts";

/** What the address of the programme says. Absent means: no such filter. */
export type ProgrammeFilter = {
  readonly day?: string | undefined;
  readonly discipline?: string | undefined;
  readonly venue?: string | undefined;
  readonly q?: string | undefined;
  readonly medal?: true | undefined;
};

/**
 * Reads a filter from an address that anybody may have written: what makes no sense is undefined. The key itself is there,
 * since the router lays what is read over what was written.
 */
export function parseFilter(search: Record<string, unknown>): ProgrammeFilter {
  const text = (value: unknown): string | undefined =>
    (typeof value === "string" && value !== "") || typeof value === "number" ? String(value).slice(0, 80) : undefined;
  const { day, discipline, venue, q, medal } = search;
  return {
    day: typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined,
    discipline: text(discipline),
    venue: text(venue),
    q: text(q),
    medal: medal === true ? true : undefined,
  };
}

export type Choice = { readonly code: string; readonly name: string };

export type IndexedRow = { readonly row: ProgrammeRow; readonly day: string; readonly words: string };

/** An offer that lets into several competition sessions. */
export type Package = Programme["packages"][number];

export type IndexedProgramme = {
  /** In order of time. */
  readonly rows: readonly IndexedRow[];
  readonly days: readonly string[];
  readonly disciplines: readonly Choice[];
  readonly venues: readonly Choice[];
  /** By the code of a competition session. */
  readonly packages: ReadonlyMap<string, readonly Package[]>;
};

/**
 * Prepares the programme once, so that filtering 713 competition sessions is a matter of comparing strings.
 *
 * @param nameOf the name of a row's discipline in the visitor's language
 */
export function indexProgramme(
  { competitionSessions: rows, packages }: Pick<Programme, "competitionSessions" | "packages">,
  nameOf: (row: ProgrammeRow) => string,
): IndexedProgramme {
  const packagesByCode = new Map<string, Package[]>();
  for (const offer of packages) {
    for (const code of offer.competitionSessionCodes) {
      packagesByCode.set(code, [...(packagesByCode.get(code) ?? []), offer]);
    }
  }
  const packageNames = (code: string): string[] =>
    (packagesByCode.get(code) ?? []).flatMap(({ name }) => [name.fr, name.en]);
  const indexed = rows
    .map((row) => ({
      row,
      day: dayOf(row.startsAt, row.timeZone),
      words: plain(
        [row.code, nameOf(row), row.discipline, row.events, row.venue, row.city, ...packageNames(row.code)].join(" "),
      ),
    }))
    .toSorted((a, b) => a.row.startsAt.localeCompare(b.row.startsAt) || a.row.code.localeCompare(b.row.code));
  return {
    rows: indexed,
    days: [...new Set(indexed.map(({ day }) => day))].toSorted(),
    disciplines: choices(rows.map((row) => [row.disciplineCode, nameOf(row)])),
    venues: choices(rows.map((row) => [row.venueCode, row.venue])),
    packages: packagesByCode,
  };
}

function choices(pairs: readonly (readonly [string, string])[]): Choice[] {
  const names = new Map(pairs);
  return [...names].map(([code, name]) => ({ code, name })).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Lower case and without accents, so that "epee" finds "Épée". */
function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

export type DayOfProgramme = { readonly day: string; readonly rows: readonly ProgrammeRow[] };

/** What fits a filter, by day; days on which nothing does are left out. The filter's own day is not looked at. */
export function matchingDays({ rows }: IndexedProgramme, filter: ProgrammeFilter): DayOfProgramme[] {
  const wanted = plain(filter.q ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const byDay = new Map<string, ProgrammeRow[]>();
  for (const { row, day, words } of rows) {
    if (filter.discipline !== undefined && row.disciplineCode !== filter.discipline) continue;
    if (filter.venue !== undefined && row.venueCode !== filter.venue) continue;
    if (filter.medal === true && !row.medal) continue;
    if (!wanted.every((word) => words.includes(word))) continue;
    const there = byDay.get(day);
    if (there === undefined) byDay.set(day, [row]);
    else there.push(row);
  }
  return [...byDay].map(([day, dayRows]) => ({ day, rows: dayRows })).toSorted((a, b) => a.day.localeCompare(b.day));
}

export function isFiltered({ discipline, venue, q, medal }: ProgrammeFilter): boolean {
  return discipline !== undefined || venue !== undefined || q !== undefined || medal !== undefined;
}

/**
 * The day to open with: the chosen one; with other filters none, which means all days that fit; else today, or the first
 * day after it, or, once the Games are over, their first day.
 */
export function openDay(days: readonly string[], filter: ProgrammeFilter, today: string): string | null {
  if (filter.day !== undefined && days.includes(filter.day)) return filter.day;
  if (isFiltered(filter)) return null;
  return days.find((day) => day >= today) ?? days[0] ?? null;
}
