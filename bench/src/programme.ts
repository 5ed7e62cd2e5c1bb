import { readFile } from "node:fs/promises";
import { categories, category } from "@tessera/contracts";
import type { ProgrammeColumn, ProgrammeFileRow } from "@tessera/core";
import { parse } from "csv-parse/sync";

const dayMs = 24 * 3_600_000;

/** As many competition sessions, categories, venues and disciplines as the programme of Paris 2024, with texts as long. */
const size = { competitionSessions: 713, disciplines: 45, venues: 40, days: 17 };

/** A programme as large as a real one, made up: 713 competition sessions with three or four categories each. */
export function makeProgramme(firstDay: Date): ProgrammeFileRow[] {
  const { disciplines, venues, days } = size;
  const sessions = Array.from({ length: size.competitionSessions }, (_, index) => {
    const disciplineCode = `D${String(index % disciplines).padStart(2, "0")}`;
    const number = String(Math.floor(index / disciplines) + 1).padStart(2, "0");
    const startsAt = new Date(firstDay.getTime() + (index % days) * dayMs + (index % 12) * 3_600_000);
    return {
      code: `${disciplineCode}${number}`,
      disciplineCode,
      discipline: `Discipline ${index % disciplines}`,
      events: `Women's event ${index}, men's event`,
      phases: `Women's event ${index} preliminary round, men's event ${index} quarter-final, men's final`,
      medal: index % 3 === 0,
      venueCode: `V${index % venues}`,
      venue: `Arena of the city ${index % venues}`,
      city: "Paris",
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3 * 3_600_000),
    };
  });
  return sessions
    .flatMap((session, index) =>
      categories.slice(0, 3 + (index % 2)).map((name, rank) => ({
        ...session,
        category: name,
        priceCents: 120_00 - rank * 25_00,
        capacity: 4_000 + rank * 500,
      })),
    )
    .map((row, index) => ({ ...row, line: index + 2 }));
}

/**
 * Reads a programme file (docs/programme-format.md) that is known to be good, moved so that its first competition session
 * is on `firstDay` or within a week after it: what is over is not for sale.
 */
export async function readProgramme(file: string, firstDay: Date): Promise<ProgrammeFileRow[]> {
  const records: Record<ProgrammeColumn, string>[] = parse(await readFile(file), { columns: true });
  const first = Math.min(...records.map((record) => Date.parse(record.starts_at)));
  const shiftMs = Math.ceil((firstDay.getTime() - first) / (7 * dayMs)) * 7 * dayMs;
  const moved = (written: string): Date => new Date(Date.parse(written) + shiftMs);
  return records.map((record, index) => ({
    line: index + 2,
    code: record.session_code,
    disciplineCode: record.discipline_code,
    discipline: record.discipline,
    events: record.events,
    phases: record.phases,
    medal: record.medal_session === "yes",
    venueCode: record.venue_code,
    venue: record.venue,
    city: record.city,
    startsAt: moved(record.starts_at),
    endsAt: moved(record.ends_at),
    category: category.parse(record.category),
    priceCents: Math.round(Number(record.price_eur) * 100),
    capacity: Number(record.capacity),
  }));
}
