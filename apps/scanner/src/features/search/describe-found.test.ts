import { expect, test } from "vitest";
import { isSearchable, whereabouts } from "./describe-found.ts";

const passage = (direction: "in" | "out", atMs: number) => ({ direction, atMs });

test.each([
  ["nobody has come", [], "never", null],
  ["one entry", [passage("in", 10)], "inside", 10],
  ["in and out", [passage("in", 10), passage("out", 20)], "outside", 20],
  [
    "the newest counts, in whichever order they came",
    [passage("in", 30), passage("out", 20), passage("in", 10)],
    "inside",
    30,
  ],
] as const)("%s: %s", (_, passages, where, sinceMs) => {
  expect(whereabouts({ passages })).toEqual({ where, sinceMs });
});

test.each([
  ["", false],
  ["   ", false],
  [" a ", false],
  ["Li", true],
  ["7K2MX", true],
])("%j is enough to search by: %s", (text, expected) => {
  expect(isSearchable(text)).toBe(expected);
});
