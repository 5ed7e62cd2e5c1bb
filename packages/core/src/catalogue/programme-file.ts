import type { Category } from "@tessera/contracts";

/** The columns of a programme file, in its order (docs/programme-format.md). */
export const programmeColumns = [
  "session_code",
  "discipline_code",
  "discipline",
  "events",
  "phases",
  "medal_session",
  "venue_code",
  "venue",
  "city",
  "starts_at",
  "ends_at",
  "category",
  "price_eur",
  "capacity",
] as const;
export type ProgrammeColumn = (typeof programmeColumns)[number];

/** What is wrong, and where: the line in the file (from 1), and the column if it is the fault of one. */
export type RowError = { line: number; column: ProgrammeColumn | null; message: string };

/** One row of a programme file: one category of one competition session. */
export type ProgrammeFileRow = {
  line: number;
  code: string;
  disciplineCode: string;
  discipline: string;
  events: string;
  phases: string;
  medal: boolean;
  venueCode: string;
  venue: string;
  city: string;
  startsAt: Date;
  endsAt: Date;
  category: Category;
  priceCents: number;
  capacity: number;
};

export type VenueEntry = { code: string; name: string; city: string };
export type CompetitionSessionEntry = {
  /** The first line that names it. */
  line: number;
  code: string;
  disciplineCode: string;
  discipline: string;
  events: string;
  phases: string;
  medal: boolean;
  venueCode: string;
  startsAt: Date;
  endsAt: Date;
};
export type SeatPoolEntry = {
  line: number;
  competitionSessionCode: string;
  category: Category;
  priceCents: number;
  capacity: number;
};

/** A whole programme, each thing said once. */
export type ProgrammeEntries = {
  venues: VenueEntry[];
  competitionSessions: CompetitionSessionEntry[];
  seatPools: SeatPoolEntry[];
};

/** What all rows of one competition session must agree on, with the column that says it. */
const sessionColumns = [
  ["discipline_code", (row) => row.disciplineCode],
  ["discipline", (row) => row.discipline],
  ["events", (row) => row.events],
  ["phases", (row) => row.phases],
  ["medal_session", (row) => (row.medal ? "yes" : "no")],
  ["venue_code", (row) => row.venueCode],
  ["starts_at", (row) => row.startsAt.toISOString()],
  ["ends_at", (row) => row.endsAt.toISOString()],
] as const satisfies readonly AgreedColumn[];

/** What all rows of one venue must agree on. */
const venueColumns = [
  ["venue", (row) => row.venue],
  ["city", (row) => row.city],
] as const satisfies readonly AgreedColumn[];

type AgreedColumn = readonly [ProgrammeColumn, (row: ProgrammeFileRow) => string];

/**
 * Gathers rows, in any order, into a programme, and finds what is wrong between rows: rows of one competition session
 * or venue that disagree, a category given twice, an end that is not after its start. The programme is good only when
 * there is no error.
 */
export function gatherProgramme(rows: Iterable<ProgrammeFileRow>): {
  programme: ProgrammeEntries;
  errors: RowError[];
} {
  const venues = new Map<string, ProgrammeFileRow>();
  const sessions = new Map<string, ProgrammeFileRow>();
  const pools = new Map<string, ProgrammeFileRow>();
  const errors: RowError[] = [];

  for (const row of rows) {
    if (row.endsAt <= row.startsAt) {
      errors.push({ line: row.line, column: "ends_at", message: "is not after starts_at" });
    }
    const venue = firstOf(venues, row.venueCode, row);
    errors.push(...disagreements(row, venue, venueColumns, `venue ${row.venueCode}`));
    const session = firstOf(sessions, row.code, row);
    errors.push(...disagreements(row, session, sessionColumns, row.code));
    const pool = firstOf(pools, `${row.code} ${row.category}`, row);
    if (pool !== row) {
      const message = `category ${row.category} of ${row.code} is already on line ${pool.line}`;
      errors.push({ line: row.line, column: "category", message });
    }
  }

  const programme = {
    venues: [...venues.values()].map(({ venueCode, venue, city }) => ({ code: venueCode, name: venue, city })),
    competitionSessions: [...sessions.values()].map(toCompetitionSessionEntry),
    seatPools: [...pools.values()].map(({ line, code, category, priceCents, capacity }) => ({
      line,
      competitionSessionCode: code,
      category,
      priceCents,
      capacity,
    })),
  };
  return { programme, errors };
}

function firstOf(known: Map<string, ProgrammeFileRow>, key: string, row: ProgrammeFileRow): ProgrammeFileRow {
  const first = known.get(key) ?? row;
  known.set(key, first);
  return first;
}

function disagreements(
  row: ProgrammeFileRow,
  first: ProgrammeFileRow,
  columns: readonly AgreedColumn[],
  of: string,
): RowError[] {
  return columns
    .filter(([, valueOf]) => valueOf(row) !== valueOf(first))
    .map(([column]) => ({ line: row.line, column, message: `is not what line ${first.line} says of ${of}` }));
}

function toCompetitionSessionEntry(row: ProgrammeFileRow): CompetitionSessionEntry {
  const { line, code, disciplineCode, discipline, events, phases, medal, venueCode, startsAt, endsAt } = row;
  return { line, code, disciplineCode, discipline, events, phases, medal, venueCode, startsAt, endsAt };
}
