import { Readable } from "node:stream";
import type { RowError } from "@tessera/core";
import { describe, expect, test } from "vitest";
import { type ProgrammeFile, readProgramme } from "./read-programme-file.ts";

const header =
  "session_code,discipline_code,discipline,events,phases,medal_session,venue_code,venue,city,starts_at,ends_at,category,price_eur,capacity";

const columns = header.split(",");
const good = {
  session_code: "FBL01",
  discipline_code: "FBL",
  discipline: "Football",
  events: "Men's Tournament",
  phases: "",
  medal_session: "no",
  venue_code: "PDP",
  venue: "Parc des Princes",
  city: "Paris",
  starts_at: "2024-07-24T15:00:00+02:00",
  ends_at: "2024-07-24T17:00:00+02:00",
  category: "A",
  price_eur: "200.00",
  capacity: "10000",
};

const line = (other: Partial<Record<keyof typeof good, string>> = {}): string =>
  Object.values({ ...good, ...other }).join(",");
const fileOf = (...lines: string[]): string => `${[header, ...lines].join("\n")}\n`;

async function read(
  file: string | Buffer,
  options: { timeZone?: string; shiftTo?: string } = {},
): Promise<ProgrammeFile> {
  const inPiecesOf = (size: number): Promise<ProgrammeFile> => {
    const bytes = Buffer.from(file);
    const count = Math.ceil(bytes.length / size);
    const pieces = Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
    return readProgramme(Readable.from(pieces), { timeZone: "Europe/Paris", ...options });
  };
  // Small pieces tear rows and characters apart; what is read must not depend on it.
  const [small, large] = await Promise.all([inPiecesOf(7), inPiecesOf(1_000_000)]);
  expect(small).toEqual(large);
  return large;
}

const errorsOf = async (file: string | Buffer, timeZone = "Europe/Paris"): Promise<RowError[]> =>
  (await read(file, { timeZone })).errors;

test("reads a row to typed values, prices in cents and times as moments", async () => {
  const { rows, programme, errors } = await read(fileOf(line()));
  expect(errors).toEqual([]);
  expect(rows).toBe(1);
  expect(programme).toEqual({
    venues: [{ code: "PDP", name: "Parc des Princes", city: "Paris" }],
    competitionSessions: [
      {
        line: 2,
        code: "FBL01",
        disciplineCode: "FBL",
        discipline: "Football",
        events: "Men's Tournament",
        phases: "",
        medal: false,
        venueCode: "PDP",
        startsAt: new Date("2024-07-24T13:00:00Z"),
        endsAt: new Date("2024-07-24T15:00:00Z"),
      },
    ],
    seatPools: [{ line: 2, competitionSessionCode: "FBL01", category: "A", priceCents: 200_00, capacity: 10_000 }],
  });
});

test("reads what spreadsheets write: a byte order mark, CRLF, quotes, spaces, accents in two forms", async () => {
  const accented = line({ venue: '" Stade de l’Été, ""Nord"" "', city: "Évry" }).replace("\n", "");
  const file = `\u{FEFF}${header}\r\n${accented}\r\n\r\n${accented.replace(",A,", ", B ,").normalize("NFD")}\r\n`;
  const { programme, errors } = await read(file);
  expect(errors).toEqual([]);
  expect(programme.venues).toEqual([{ code: "PDP", name: 'Stade de l’Été, "Nord"', city: "Évry" }]);
  expect(programme.seatPools.map((pool) => [pool.category, pool.line])).toEqual([
    ["A", 2],
    ["B", 4],
  ]);
});

describe("refuses a value with its line and column", () => {
  test.each([
    ["session_code", "F1"],
    ["session_code", "fbl01"],
    ["discipline_code", "FOOT"],
    ["discipline", ""],
    ["events", " "],
    ["events", "tab\there"],
    ["medal_session", "oui"],
    ["venue_code", "P"],
    ["venue", "x".repeat(121)],
    ["city", ""],
    ["starts_at", "2024-07-24 15:00"],
    ["starts_at", "2024-07-24T15:00:00"],
    ["starts_at", "2024-07-24T13:00:00Z"],
    ["starts_at", "2024-02-30T15:00:00+01:00"],
    ["ends_at", "2024-07-24T17:00:00+01:00"],
    ["ends_at", "2024-07-24T15:00:00+02:00"],
    ["category", "F"],
    ["price_eur", "-1.00"],
    ["price_eur", "12.345"],
    ["price_eur", "1e3"],
    ["price_eur", "250000.01"],
    ["price_eur", ""],
    ["capacity", "0"],
    ["capacity", "12.5"],
    ["capacity", "1000001"],
    ["capacity", "-5"],
  ] as const)("%s = %j", async (column, value) => {
    const errors = await errorsOf(fileOf(line(), line({ session_code: "FBL02", [column]: value })));
    expect(errors).toHaveLength(1);
    expect(errors).toMatchObject([{ line: 3, column }]);
  });
});

test("lists everything that is wrong, each with its line and column, in the order of the file", async () => {
  const errors = await errorsOf(
    fileOf(
      line({ price_eur: "free", capacity: "none", category: "Z" }),
      line(),
      line({ category: "B", venue: "Elsewhere" }),
      "only,three,columns",
      line(),
      `${line({ session_code: "FBL02" })},one more`,
    ),
  );
  expect(errors.map((error) => `${error.line} ${error.column}`)).toEqual([
    "2 category",
    "2 price_eur",
    "2 capacity",
    "4 venue",
    "5 null",
    "6 category",
    "7 null",
  ]);
  expect(errors[1]?.message).toContain('"free" is not a price');
});

test("an offset must be that of the time zone at that moment", async () => {
  const winter = { starts_at: "2024-01-24T15:00:00+02:00", ends_at: "2024-01-24T17:00:00+01:00" };
  const [error, ...others] = await errorsOf(fileOf(line(winter)));
  expect(error).toEqual({
    line: 2,
    column: "starts_at",
    message: "2024-01-24T15:00:00+02:00 does not have the offset of Europe/Paris, +01:00 then",
  });
  expect(others).toEqual([]);
  expect(await errorsOf(fileOf(line()), "America/Los_Angeles")).toHaveLength(2);
});

describe("refuses a file that is not such a CSV file", () => {
  test.each([
    ["empty", "", 1, "The file is empty"],
    ["only a byte order mark", "\u{FEFF}", 1, "The file is empty"],
    ["only a header", `${header}\n`, 1, "a header and no rows"],
    ["another header", `code,price\n${line()}\n`, 1, "It must be: session_code,"],
    ["columns in another order", `${columns.toReversed().join(",")}\n${line()}\n`, 1, "It must be: session_code,"],
    ["semicolons", `${columns.join(";")}\n`, 1, "separated by semicolons"],
    ["a quote that is never closed", fileOf(line(), line({ category: "B", venue: '"Parc' }), line()), 3, "not closed"],
    ["a quote inside a field", fileOf(line(), line({ category: "B", city: 'Pa"ris' })), 3, "quote"],
    ["text after a quote", fileOf(line(), line({ category: "B", city: '"Pa"ris' })), 3, "quote"],
    ["a row without end", fileOf(line(), `"${"x\n".repeat(40_000)}`), 3, "not closed"],
    ["a line without end", "x".repeat(2_000_000), 1, "too long"],
  ])("%s", async (_name, file, at, message) => {
    const errors = await errorsOf(file);
    expect(errors).toMatchObject([{ line: at, column: null }]);
    expect(errors[0]?.message).toContain(message);
  });

  test("not UTF-8, at the line where that shows", async () => {
    const file = Buffer.concat([
      Buffer.from(fileOf(line(), line({ category: "B" }))),
      Buffer.from(line({ session_code: "FBL02", city: "Évry" }), "latin1"),
    ]);
    expect(await errorsOf(file)).toEqual([
      { line: 4, column: null, message: "is not UTF-8. Save the file as CSV in UTF-8" },
    ]);
  });

  test("not UTF-8 at its last byte", async () => {
    const cut = Buffer.from(`${fileOf(line())}${line({ capacity: "1é" })}`).subarray(0, -1);
    expect((await errorsOf(cut)).map((error) => error.line)).toEqual([3]);
  });
});

test("errors before a fault of the file are listed too", async () => {
  const errors = await errorsOf(fileOf(line({ capacity: "0" }), line({ city: '"Paris' })));
  expect(errors.map((error) => error.line)).toEqual([2, 3]);
});

describe("shiftTo", () => {
  const startsOf = ({ programme }: ProgrammeFile) => programme.competitionSessions.map((session) => session.startsAt);

  test("moves the first day there and the others as far", async () => {
    const later = {
      session_code: "FBL02",
      starts_at: "2024-07-26T21:00:00+02:00",
      ends_at: "2024-07-27T00:30:00+02:00",
    };
    const file = await read(fileOf(line(later), line()), { shiftTo: "2028-07-14" });
    expect(file.errors).toEqual([]);
    expect(startsOf(file)).toEqual([new Date("2028-07-16T19:00:00Z"), new Date("2028-07-14T13:00:00Z")]);
    expect(file.programme.competitionSessions[0]?.endsAt).toEqual(new Date("2028-07-16T22:30:00Z"));
  });

  test("keeps wall times over a change to winter time", async () => {
    const next = {
      session_code: "FBL02",
      starts_at: "2024-07-25T15:00:00+02:00",
      ends_at: "2024-07-25T17:00:00+02:00",
    };
    const file = await read(fileOf(line(), line(next)), { shiftTo: "2024-10-26" });
    // The night in between the clocks go back: 15:00 is 13:00 in UTC, then 14:00.
    expect(startsOf(file)).toEqual([new Date("2024-10-26T13:00:00Z"), new Date("2024-10-27T14:00:00Z")]);
  });

  test("takes the first day by the clock of the place", async () => {
    const night = { starts_at: "2024-07-24T00:30:00+02:00", ends_at: "2024-07-24T02:00:00+02:00" };
    const file = await read(fileOf(line(night)), { shiftTo: "2024-07-24" });
    expect(startsOf(file)).toEqual([new Date("2024-07-23T22:30:00Z")]);
  });
});
