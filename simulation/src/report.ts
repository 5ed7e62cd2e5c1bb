import type { GatePolicySettings } from "@tessera/contracts";
import type { Finding } from "./checks/finding.ts";
import type { Truth } from "./world/truth.ts";

/** What happened beside the scans. */
type Events = {
  readonly cuts: number;
  readonly crashes: number;
  readonly clocksSet: number;
  readonly deaths: number;
  readonly clocks_corrected: number;
  readonly lies_told: number;
  readonly lies: number;
  readonly sent_home: number;
  readonly incidents: number;
  readonly virtual_minutes: number;
};

/** One line of `--json`: what a run was, and what it found. */
export type Row = ReturnType<typeof rowOf>;

export function rowOf(
  seed: number,
  { reentry, offlineAdmission }: GatePolicySettings,
  truth: Truth,
  findings: readonly Finding[],
  { clocksSet, ...events }: Events,
) {
  const found = (kind: Finding["kind"]): number => findings.filter((finding) => finding.kind === kind).length;
  const { presented, seen } = truth;
  const saying = (outcome: string): number => presented.filter((one) => one.outcome === outcome).length;
  return {
    seed,
    reentry,
    offline: offlineAdmission,
    scans: presented.length,
    unconfirmed: presented.filter(({ confirmed, outcome }) => !confirmed && outcome !== "refuse").length,
    entries: seen.filter(({ direction }) => direction === "in").length,
    exits: seen.filter(({ direction }) => direction === "out").length,
    checks: saying("check"),
    refusals: saying("refuse"),
    ...events,
    clocks_set: clocksSet,
    blurred: found("blurred"),
    copies: found("copies"),
    counts: found("counts"),
    refused: found("refused"),
    missed: found("missed"),
    false_alarms: found("false_alarm"),
    let_in: found("let_in"),
    surprises: found("surprise"),
  };
}

/** Whether a run found nothing wrong. */
export function isClean(row: Row): boolean {
  const { copies, counts, refused, missed, false_alarms, let_in, surprises } = row;
  return [copies, counts, refused, missed, false_alarms, let_in, surprises].every((count) => count === 0);
}

/** A table for people, one line a run. */
export function toTable(rows: readonly Row[]): string {
  const [first] = rows;
  if (first === undefined) return "";
  const cells = [Object.keys(first), ...rows.map((row) => Object.values(row).map(String))];
  const widths = cells[0]?.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0))) ?? [];
  return cells.map((line) => line.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("  ")).join("\n");
}
