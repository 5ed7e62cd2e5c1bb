import { expect, test } from "vitest";
import { longestNote, minutesOff, noteOf } from "./supervisor.ts";

test.each([
  ["Identité vérifiée", "", "Identité vérifiée"],
  ["Identité vérifiée", "  carte\n d’invalidité ", "Identité vérifiée · carte d’invalidité"],
  [null, " il pleut ", "il pleut"],
  [null, "   ", ""],
])("%j and %j are written down as %j", (reason, text, expected) => {
  expect(noteOf(reason, text)).toBe(expected);
});

test("a note is never longer than a record takes", () => {
  expect(noteOf("Raison", "x".repeat(500))).toHaveLength(longestNote);
});

test.each([
  [420_000, 7],
  [-420_000, 7],
  [20_000, 1],
  [90_000, 2],
])("%s ms off are %s minutes", (ms, minutes) => {
  expect(minutesOff(ms)).toBe(minutes);
});
