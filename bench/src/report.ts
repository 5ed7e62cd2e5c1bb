/** What a figure should be at least or at most, in its own unit. */
export type Goal = { atLeast: number } | { atMost: number };

export type Figure = {
  /** As in the README and in `--json`: never renamed, so that runs can be compared. */
  name: string;
  value: number;
  /** Empty for a ratio. */
  unit: string;
  /** Null: for information. */
  goal: Goal | null;
};

/** One entry of `--json`. `ok` is null where there is no goal. */
export type JsonFigure = { name: string; value: number; unit: string; goal: string | null; ok: boolean | null };

/** A figure as machines read it: the value to four significant digits, the goal as a text such as "≥ 0.5". */
export function toJson({ name, value, unit, goal }: Figure): JsonFigure {
  return { name, value: Number(value.toPrecision(4)), unit, goal: describeGoal(goal), ok: isMet(value, goal) };
}

/** A table for people, one line a figure. */
export function toTable(figures: readonly Figure[]): string {
  const cells = figures.map(({ name, value, unit, goal }) => [
    name,
    formatValue(value),
    unit,
    describeGoal(goal) ?? "",
    describeOutcome(isMet(value, goal)),
  ]);
  const rows = [["figure", "value", "unit", "goal", ""], ...cells];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: string[]): string =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

function isMet(value: number, goal: Goal | null): boolean | null {
  if (goal === null) return null;
  return "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;
}

function describeGoal(goal: Goal | null): string | null {
  if (goal === null) return null;
  return "atLeast" in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
}

function describeOutcome(met: boolean | null): string {
  if (met === null) return "";
  return met ? "met" : "short";
}

function formatValue(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString("en");
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
