import { describe, expect, test } from "vitest";
import { programmeRow } from "../testing/programme-rows.ts";
import { gatherProgramme, type ProgrammeFileRow } from "./programme-file.ts";

const errorsOf = (...rows: ProgrammeFileRow[]) => gatherProgramme(rows).errors;

test("says each venue, competition session and seat pool once", () => {
  const { programme, errors } = gatherProgramme([
    programmeRow({ line: 2, category: "A" }),
    programmeRow({ line: 3, category: "B" }),
    programmeRow({ line: 4, code: "ATH02", category: "A" }),
  ]);
  expect(errors).toEqual([]);
  expect(programme.venues).toHaveLength(1);
  expect(programme.competitionSessions.map((session) => session.code)).toEqual(["ATH01", "ATH02"]);
  expect(programme.seatPools.map((pool) => `${pool.competitionSessionCode} ${pool.category}`)).toEqual([
    "ATH01 A",
    "ATH01 B",
    "ATH02 A",
  ]);
});

describe("refuses with line and column", () => {
  test.each([
    ["discipline_code", { disciplineCode: "SWM" }],
    ["discipline", { discipline: "Swimming" }],
    ["events", { events: "Marathon" }],
    ["phases", { phases: "Final" }],
    ["medal_session", { medal: true }],
    ["starts_at", { startsAt: new Date("2028-07-20T17:00:00Z") }],
    ["ends_at", { endsAt: new Date("2028-07-20T23:00:00Z") }],
  ] satisfies [string, Partial<ProgrammeFileRow>][])("rows of a session that disagree on %s", (column, other) => {
    const errors = errorsOf(programmeRow({ line: 2 }), programmeRow({ line: 7, category: "B", ...other }));
    expect(errors).toEqual([{ line: 7, column, message: "is not what line 2 says of ATH01" }]);
  });

  test("rows of a session in two venues", () => {
    const other = { venueCode: "ROS", venue: "Rose Bowl", city: "Pasadena" };
    const errors = errorsOf(programmeRow({ line: 2 }), programmeRow({ line: 3, category: "B", ...other }));
    expect(errors).toMatchObject([{ line: 3, column: "venue_code" }]);
  });

  test("one venue code with two names, across sessions", () => {
    const errors = errorsOf(programmeRow({ line: 2 }), programmeRow({ line: 3, code: "ATH02", venue: "Rose Bowl" }));
    expect(errors).toEqual([{ line: 3, column: "venue", message: "is not what line 2 says of venue COL" }]);
  });

  test("a category given twice", () => {
    const errors = errorsOf(programmeRow({ line: 2 }), programmeRow({ line: 9, priceCents: 100 }));
    expect(errors).toEqual([{ line: 9, column: "category", message: "category A of ATH01 is already on line 2" }]);
  });

  test("an end that is not after the start", () => {
    const at = new Date("2028-07-20T16:00:00Z");
    expect(errorsOf(programmeRow({ line: 4, startsAt: at, endsAt: at }))).toEqual([
      { line: 4, column: "ends_at", message: "is not after starts_at" },
    ]);
  });

  test("all that is wrong, not only the first", () => {
    const errors = errorsOf(
      programmeRow({ line: 2 }),
      programmeRow({ line: 3, discipline: "Swimming", events: "Marathon" }),
      programmeRow({ line: 4 }),
    );
    expect(errors.map(({ line, column }) => `${line} ${column}`)).toEqual([
      "3 discipline",
      "3 events",
      "3 category",
      "4 category",
    ]);
  });
});
