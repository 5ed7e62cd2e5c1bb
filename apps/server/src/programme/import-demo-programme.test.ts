import { expect, test } from "vitest";
import { demoProgrammeFile } from "../paths.ts";
import { readProgrammeFile } from "./read-programme-file.ts";

test("the demo programme is right and has what the demo shows", async () => {
  const { programme, errors } = await readProgrammeFile(demoProgrammeFile, { timeZone: "America/Los_Angeles" });
  expect(errors).toEqual([]);
  const sessions = programme.competitionSessions;
  expect(sessions.length).toBeGreaterThanOrEqual(60);
  expect(programme.venues.length).toBeGreaterThanOrEqual(12);
  expect(new Set(sessions.map((session) => session.disciplineCode)).size).toBeGreaterThanOrEqual(15);
  expect(sessions.map((session) => session.disciplineCode)).toContain("CER");
  expect(sessions.filter((session) => !session.startsAt.toISOString().startsWith("2028-07-"))).toEqual([]);
  // Somebody who tries it alone can live a sold-out category.
  expect(Math.min(...programme.seatPools.map((pool) => pool.capacity))).toBeLessThanOrEqual(12);
});
