import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import type { Finding } from "./checks/finding.ts";
import { guards } from "./guards.ts";
import { isClean, type Row, toTable } from "./report.ts";
import type { RunResult, RunSettings } from "./run.ts";

const usage = `Usage: pnpm simulate [--seeds N | --seed S] [--scans M] [--tablets T] [--guard GUARD] [--json FILE]

  --seeds    so many evenings, with the seeds 1 to N (default: 1)
  --seed     one evening with this seed, as it was
  --scans    about so many scans each evening (default: 5000)
  --tablets  at six gates (default: 50)
  --guard    off: the negative control, once without each of ${guards.join(", ")}; or one of them. It must find something
  --json     also writes a row an evening for machines

Ends with 1 when an evening found something wrong, or the negative control nothing.
`;

/** Of an evening's findings of each kind. */
const mostShown = 5;

const run = promisify(execFile);
const child = path.join(import.meta.dirname, "evening.child.ts");

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "1" },
      seed: { type: "string" },
      scans: { type: "string", default: "5000" },
      tablets: { type: "string", default: "50" },
      guard: { type: "string" },
      json: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [seeds, scans, tablets] = [values.seeds, values.scans, values.tablets].map(Number);
  const without = guards.filter((guard) => values.guard === "off" || guard === values.guard);
  if (values.help === true || !seeds || !scans || !tablets || (values.guard !== undefined && without.length === 0)) {
    process.stdout.write(usage);
    return;
  }
  const chosen =
    values.seed === undefined ? Array.from({ length: seeds }, (_, index) => index + 1) : [Number(values.seed)];
  const evenings = chosen.flatMap((seed) =>
    (values.guard === undefined ? [null] : without).map((guard) => ({ seed, scans, tablets, without: guard })),
  );
  const waiting = evenings.values();
  const rows: Row[] = [];
  const workers = Array.from({ length: Math.min(evenings.length, availableParallelism()) }, async () => {
    for (const evening of waiting) {
      const row = await report(evening);
      if (row !== null) rows.push(row);
      rows.sort((a, b) => a.seed - b.seed);
      if (values.json !== undefined) await writeJson(values.json, rows);
    }
  });
  await Promise.all(workers);
  process.stdout.write(`\n${toTable(rows)}\n`);
  const right = values.guard === undefined ? rows.every(isClean) : !rows.some(isClean);
  if (!right || rows.length < evenings.length) process.exitCode = 1;
}

/** After each evening: what takes long shall not be lost with its end. */
async function writeJson(file: string, rows: readonly Row[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
}

/** One evening, in a process of its own; null when it broke off. */
async function report(settings: RunSettings): Promise<Row | null> {
  const begun = performance.now();
  const tell = (what: string): void => {
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    process.stderr.write(`seed ${settings.seed}: ${what} in ${seconds} s\n`);
  };
  try {
    const { stdout } = await run(process.execPath, [child, JSON.stringify(settings)], { maxBuffer: 2 ** 28 });
    const result: unknown = JSON.parse(stdout);
    if (!isResult(result)) throw new Error("an evening ended with nothing");
    const { row, findings } = result;
    tell(isClean(row) ? "nothing wrong" : `found; ${replayOf(settings)}`);
    tellFindings(findings);
    return row;
  } catch (error) {
    tell(`broke off; ${replayOf(settings)}`);
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

function isResult(value: unknown): value is RunResult {
  return typeof value === "object" && value !== null && "row" in value && "findings" in value;
}

function tellFindings(findings: readonly Finding[]): void {
  for (const alike of Object.values(Object.groupBy(findings, ({ kind }) => kind))) {
    for (const { kind, what } of alike.slice(0, mostShown)) process.stderr.write(`  ${kind}: ${what}\n`);
    if (alike.length > mostShown) process.stderr.write(`  … and ${alike.length - mostShown} more\n`);
  }
}

function replayOf({ seed, scans, tablets, without }: RunSettings): string {
  const guard = without === null ? "" : ` --guard ${without}`;
  return `pnpm simulate --seed ${seed} --scans ${scans} --tablets ${tablets}${guard}`;
}
