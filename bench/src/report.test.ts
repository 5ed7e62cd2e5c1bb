import { expect, test } from "vitest";
import { type Figure, toJson, toTable } from "./report.ts";

const figure = (other: Partial<Figure>): Figure => ({ name: "a_over_b", value: 1, unit: "", goal: null, ...other });

test.each([
  [2, { atLeast: 2 }, "≥ 2", true],
  [1.99, { atLeast: 2 }, "≥ 2", false],
  [0.5, { atMost: 0.5 }, "≤ 0.5", true],
  [0.51, { atMost: 0.5 }, "≤ 0.5", false],
  [7, null, null, null],
])("%d against %j is %s: %s", (value, goal, text, ok) => {
  expect(toJson(figure({ value, goal }))).toEqual({ name: "a_over_b", value, unit: "", goal: text, ok });
});

test("a goal that is missed by less than is shown is still missed", () => {
  expect(toJson(figure({ value: 1.999_99, goal: { atLeast: 2 } }))).toMatchObject({ value: 2, ok: false });
});

test("the table aligns names to the left and values to the right", () => {
  const table = toTable([
    figure({ name: "rate", value: 12_345.6, unit: "/s" }),
    figure({ value: 0.123_456, goal: { atLeast: 2 } }),
  ]);
  expect(table.split("\n")).toEqual([
    "figure     value  unit  goal",
    "rate      12,346  /s",
    "a_over_b   0.123        ≥ 2   short",
  ]);
});
