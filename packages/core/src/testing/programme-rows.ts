import type { ProgrammeFileRow } from "../catalogue/programme-file.ts";

/** A row of a programme file that is right, and what a test wants otherwise. */
export function programmeRow(other: Partial<ProgrammeFileRow> = {}): ProgrammeFileRow {
  return {
    line: 2,
    code: "ATH01",
    disciplineCode: "ATH",
    discipline: "Athletics",
    events: "Men's 100 m, Women's Discus Throw",
    phases: "Heats",
    medal: false,
    venueCode: "COL",
    venue: "LA Memorial Coliseum",
    city: "Los Angeles",
    startsAt: new Date("2028-07-20T16:00:00Z"),
    endsAt: new Date("2028-07-20T19:30:00Z"),
    category: "A",
    priceCents: 120_00,
    capacity: 100,
    ...other,
  };
}
