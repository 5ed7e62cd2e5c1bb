import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { isClean, type Row, toTable } from "./report.ts";
import { runChaos, type RunSettings } from "./run.ts";

const usage = `Usage: pnpm chaos [--seeds N | --seed S] [--buyers N] [--seats N] [--guard off] [--json FILE]

  --seeds   so many runs, with the seeds 1 to N (default: 1)
  --seed    one run with this seed, as it was
  --buyers  who want seats (default: 10000)
  --seats   in five pools (default: 4000)
  --guard   off: the negative control, without what keeps seats from being sold twice; it must oversell
  --json    also writes a row a run for machines

Ends with 1 when a run found something wrong, or the negative control nothing.
`;

const kills = { server: 10, postgres: 5 };
/** Of a run's findings of each kind. */
const mostShown = 3;
const longestShown = 1000;

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "1" },
      seed: { type: "string" },
      buyers: { type: "string", default: "10000" },
      seats: { type: "string", default: "4000" },
      guard: { type: "string", default: "on" },
      json: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [seeds, buyers, seats] = [values.seeds, values.buyers, values.seats].map(Number);
  if (values.help === true || !seeds || !buyers || !seats || !["on", "off"].includes(values.guard)) {
    process.stdout.write(usage);
    return;
  }
  const chosen =
    values.seed === undefined ? Array.from({ length: seeds }, (_, index) => index + 1) : [Number(values.seed)];
  const guard = values.guard === "on";
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

  const rows: Row[] = [];
  for (const seed of chosen) {
    rows.push(await report({ seed, buyers, seats, kills, guard }));
    if (values.json !== undefined) await writeJson(values.json, rows);
  }
  process.stdout.write(`\n${toTable(rows)}\n`);
  const right = guard ? rows.every(isClean) : rows.every(({ oversold }) => oversold > 0);
  if (!right) process.exitCode = 1;
}

/** After each run: what takes long shall not be lost with its end. */
async function writeJson(file: string, rows: readonly Row[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
}

async function report(settings: RunSettings): Promise<Row> {
  const begun = performance.now();
  const { row, findings } = await runChaos(settings);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  process.stderr.write(`seed ${settings.seed}: ${isClean(row) ? "nothing wrong" : "found"} in ${seconds} s\n`);
  for (const alike of Object.values(Object.groupBy(findings, ({ kind }) => kind))) {
    for (const { kind, times, what } of alike.slice(0, mostShown)) {
      process.stderr.write(`  ${kind} ${times}: ${what.slice(0, longestShown)}\n`);
    }
    if (alike.length > mostShown) process.stderr.write(`  … and ${alike.length - mostShown} more\n`);
  }
  return row;
}
