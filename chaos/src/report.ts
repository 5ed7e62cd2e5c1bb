/** One line of `--json`: what a run was, and what it found. Recoveries are medians, null where nothing was killed. */
export type Row = {
  seed: number;
  kills_server: number;
  kills_postgres: number;
  /** Seats taken above capacity. */
  oversold: number;
  /** Seats that were free when nobody was asked any more, though people were waiting. */
  unsold: number;
  /** Acknowledged and not there. */
  lost: number;
  /** Granted or charged twice for one wish. */
  doubled: number;
  /** Answers that were another when asked again. */
  changed: number;
  recovery_server_ms: number | null;
  recovery_postgres_ms: number | null;
  kills_while_seats_remained: number;
  orders: number;
  /** What should not happen either: answers that make no sense, figures that do not agree. */
  surprises: number;
};

export type Finding = {
  kind: "oversold" | "unsold" | "lost" | "doubled" | "changed" | "surprise";
  /** In its own unit: seats, orders or answers. */
  times: number;
  what: string;
};

const columns = [
  "seed",
  "kills_server",
  "kills_postgres",
  "kills_while_seats_remained",
  "orders",
  "oversold",
  "unsold",
  "lost",
  "doubled",
  "changed",
  "surprises",
  "recovery_server_ms",
  "recovery_postgres_ms",
] as const satisfies (keyof Row)[];

/** A table for people, one line a run. */
export function toTable(rows: readonly Row[]): string {
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "")))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells.map((line) => line.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("  ")).join("\n");
}

/** Whether a run found nothing wrong. */
export function isClean(row: Row): boolean {
  return [row.oversold, row.unsold, row.lost, row.doubled, row.changed, row.surprises].every((count) => count === 0);
}
