import type { ProgrammeRow } from "@tessera/contracts";
import { describe, expect, test } from "vitest";
import { indexProgramme, matchingDays, openDay, parseFilter } from "./programme.ts";

function row(code: string, startsAt: string, over: Partial<ProgrammeRow> = {}): ProgrammeRow {
  return {
    id: code,
    code,
    disciplineCode: code.slice(0, 3),
    discipline: "Fencing",
    events: "Men’s Épée",
    medal: false,
    state: "scheduled",
    venueCode: "GRP",
    venue: "Grand Palais",
    city: "Paris",
    timeZone: "Europe/Paris",
    startsAt,
    endsAt: startsAt,
    fromCents: 2400,
    availability: "available",
    ...over,
  };
}

const rows = [
  row("FEN02", "2028-07-21T08:00:00.000Z", { medal: true }),
  row("FEN01", "2028-07-20T08:00:00.000Z"),
  row("SWM01", "2028-07-20T17:00:00.000Z", {
    discipline: "Swimming",
    events: "Women’s 100 m",
    venueCode: "LDA",
    venue: "Arena",
  }),
  // 22:30 UTC is half past midnight in Paris.
  row("SRF01", "2028-07-20T22:30:00.000Z", { discipline: "Surfing" }),
];
const programme = indexProgramme({ competitionSessions: rows, packages: [] }, ({ discipline }) => discipline);
const codes = (filter: Parameters<typeof matchingDays>[1]): string[][] =>
  matchingDays(programme, filter).map((day) => [day.day, ...day.rows.map(({ code }) => code)]);

describe("the programme by day", () => {
  test("a day is the venue’s, and its rows are in order of time", () => {
    expect(codes({})).toEqual([
      ["2028-07-20", "FEN01", "SWM01"],
      ["2028-07-21", "SRF01", "FEN02"],
    ]);
  });

  test.each([
    ["discipline", { discipline: "SWM" }, [["2028-07-20", "SWM01"]]],
    ["venue", { venue: "LDA" }, [["2028-07-20", "SWM01"]]],
    ["medals", { medal: true }, [["2028-07-21", "FEN02"]]],
    ["words without accents, in any order", { q: "grand epee fen01" }, [["2028-07-20", "FEN01"]]],
    ["code", { q: "srf01" }, [["2028-07-21", "SRF01"]]],
    ["nothing", { q: "curling" }, []],
  ] as const)("by %s", (_, filter, found) => {
    expect(codes(filter)).toEqual(found);
  });
});

describe("the day to open with", () => {
  const { days } = programme;

  test.each([
    ["the chosen one", { day: "2028-07-21" }, "2028-01-01", "2028-07-21"],
    ["before the Games, their first", {}, "2028-01-01", "2028-07-20"],
    ["during the Games, today", {}, "2028-07-21", "2028-07-21"],
    ["after the Games, their first again", {}, "2029-01-01", "2028-07-20"],
    ["all days that fit, with another filter", { medal: true }, "2028-07-21", null],
    ["not a day without competition", { day: "2028-07-30" }, "2028-07-21", "2028-07-21"],
  ] as const)("%s", (_, filter, today, day) => {
    expect(openDay(days, filter, today)).toBe(day);
  });
});

test("an address with nonsense in it is an address without it", () => {
  const raw = { day: "soon", discipline: ["ATH"], venue: "", q: 100, medal: "yes" };
  // As the router does: what is read lies over what was written.
  expect({ ...raw, ...parseFilter(raw) }).toEqual({ q: "100" });
});

test("a package is found by its name at each competition session that it lets into", () => {
  const pack = {
    offerId: "pack",
    name: { fr: "Semaine de l’épée", en: "Épée week" },
    priceCents: 9900,
    competitionSessionCodes: ["FEN01", "SWM01"],
  };
  const withPackage = indexProgramme({ competitionSessions: rows, packages: [pack] }, ({ discipline }) => discipline);
  const found = matchingDays(withPackage, { q: "semaine" }).flatMap((day) => day.rows.map(({ code }) => code));
  expect(found).toEqual(["FEN01", "SWM01"]);
  expect(withPackage.packages.get("SWM01")).toEqual([pack]);
  expect(withPackage.packages.has("FEN02")).toBe(false);
});
