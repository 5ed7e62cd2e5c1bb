import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { guards } from "./guards.ts";
import { isClean, type Row, toTable } from "./report.ts";
import { type RunSettings, simulate } from "./run.ts";
import { startDatabase } from "./stage/database.ts";

const usage = `Usage: pnpm simulate [--seeds N | --seed S] [--scans M] [--tablets T] [--guard GUARD] [--json FILE]

  --seeds    so many evenings, with the seeds 1 to N (default: 1)
  --seed     one evening with this seed, as it was
  --scans    about so many scans, of all evenings together (default: 5000)
  --tablets  at six gates (default: 50)
  --guard    the negative control, without ${guards.join(", ")}: it must find something
  --json     also writes a row an evening for machines

Ends with 1 when an evening found something wrong, or the negative control nothing.
`;

/** Of an evening's findings of each kind. */
const mostShown = 5;

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
  const without = guards.find((guard) => guard === values.guard) ?? null;
  if (values.help === true || !seeds || !scans || !tablets || (values.guard !== undefined && without === null)) {
    process.stdout.write(usage);
    return;
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const chosen =
    values.seed === undefined ? Array.from({ length: seeds }, (_, index) => index + 1) : [Number(values.seed)];
  const rows: Row[] = [];
  for (const seed of chosen) {
    rows.push(await report({ seed, scans: Math.ceil(scans / chosen.length), tablets, without }));
    if (values.json !== undefined) await writeJson(values.json, rows);
  }
  process.stdout.write(`\n${toTable(rows)}\n`);
  if (rows.every(isClean) !== (without === null)) process.exitCode = 1;
}

/** After each evening: what takes long shall not be lost with its end. */
async function writeJson(file: string, rows: readonly Row[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
}

async function report(settings: RunSettings): Promise<Row> {
  const begun = performance.now();
  const replay = replayOf(settings);
  const fail = (error: unknown): void => {
    process.stderr.write(`${replay} broke off: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  };
  process.once("unhandledRejection", fail);
  const database = await startDatabase();
  try {
    const { row, findings } = await simulate(settings, database);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    process.stderr.write(
      `seed ${settings.seed}: ${isClean(row) ? "nothing wrong" : `found; ${replay}`} in ${seconds} s\n`,
    );
    for (const alike of Object.values(Object.groupBy(findings, ({ kind }) => kind))) {
      for (const { kind, what } of alike.slice(0, mostShown)) process.stderr.write(`  ${kind}: ${what}\n`);
      if (alike.length > mostShown) process.stderr.write(`  … and ${alike.length - mostShown} more\n`);
    }
    return row;
  } finally {
    process.off("unhandledRejection", fail);
    await database.drop();
  }
}

function replayOf({ seed, scans, tablets, without }: RunSettings): string {
  const guard = without === null ? "" : ` --guard ${without}`;
  return `pnpm simulate --seed ${seed} --scans ${scans} --tablets ${tablets}${guard}`;
}
