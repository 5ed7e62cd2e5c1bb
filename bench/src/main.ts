import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { type Bench, openBench } from "./bench.ts";
import { measureActivate } from "./figures/activate.ts";
import { measureCatalogue } from "./figures/catalogue.ts";
import { measureFoldLag } from "./figures/fold-lag.ts";
import { measureImport } from "./figures/import-programme.ts";
import { measureListBytes } from "./figures/list-bytes.ts";
import { measureQrReading } from "./figures/qr-reading.ts";
import { measureQrVersion } from "./figures/qr-version.ts";
import { measureReserve } from "./figures/reserve.ts";
import { measureScan } from "./figures/scan.ts";
import { measureSignInStorm } from "./figures/selling-storm.ts";
import { measureSelling } from "./figures/selling.ts";
import { measureSignIn } from "./figures/sign-in.ts";
import { measureSoldOut } from "./figures/sold-out.ts";
import { measureTablet } from "./figures/tablet.ts";
import { measureUpload } from "./figures/upload.ts";
import { measureVerifyOnTablet } from "./figures/verify-on-tablet.ts";
import { measureVerify } from "./figures/verify.ts";
import { secondsOf } from "./measure.ts";
import { makeProgramme, readProgramme } from "./programme.ts";
import { type Figure, toJson, toTable } from "./report.ts";

const usage = `Usage: pnpm bench [--programme FILE.csv] [--only NAME] [--json FILE]

  --programme  a programme to measure with; by default one of the same size is made up
  --only       import, catalogue, reserve, sign-in-storm, sold-out, fold-lag, reserve-core, verify, verify-on-tablet,
               activate, qr-version, qr-reading, list-bytes, scan, upload, tablet or sign-in; selling: all from reserve to fold-lag;
               e-ticket: all from verify to qr-reading; gate: all from list-bytes to tablet
  --json       also writes the figures for machines
`;

/** In this order: the import empties what the others have sold. */
const measurements = {
  import: measureImport,
  catalogue: measureCatalogue,
  reserve: measureSelling,
  "sign-in-storm": measureSignInStorm,
  "sold-out": measureSoldOut,
  "fold-lag": measureFoldLag,
  "reserve-core": measureReserve,
  verify: measureVerify,
  "verify-on-tablet": measureVerifyOnTablet,
  activate: measureActivate,
  "qr-version": measureQrVersion,
  "qr-reading": measureQrReading,
  "list-bytes": measureListBytes,
  scan: measureScan,
  upload: measureUpload,
  tablet: measureTablet,
  "sign-in": measureSignIn,
} satisfies Record<string, (bench: Bench) => Promise<Figure[]>>;

/** Names for several at once. */
const groups: Readonly<Record<string, readonly string[]>> = {
  selling: ["reserve", "sign-in-storm", "sold-out", "fold-lag"],
  "e-ticket": ["verify", "verify-on-tablet", "activate", "qr-version", "qr-reading"],
  gate: ["list-bytes", "scan", "upload", "tablet"],
};

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      programme: { type: "string" },
      only: { type: "string" },
      json: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const { only } = values;
  const chosen = Object.entries(measurements).filter(
    ([name]) => only === undefined || only === name || groups[only]?.includes(name) === true,
  );
  if (values.help === true || chosen.length === 0) {
    process.stdout.write(usage);
    return;
  }

  const firstDay = new Date(Date.now() + 60 * 24 * 3_600_000);
  const rows =
    values.programme === undefined ? makeProgramme(firstDay) : await readProgramme(values.programme, firstDay);
  const bench = await openBench(rows);
  stopOnSignals(bench);
  try {
    process.stdout.write(`${await describeMachine(bench)}\n\n`);
    const figures: Figure[] = [];
    for (const [name, measure] of chosen) {
      const seconds = await secondsOf(async () => figures.push(...(await measure(bench))));
      process.stderr.write(`${name}: measured in ${seconds.toFixed(0)} s\n`);
    }
    process.stdout.write(`\n${toTable(figures)}\n`);
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures.map(toJson), null, 2)}\n`);
  } finally {
    await bench.close();
  }
}

async function describeMachine({ owner, rows }: Bench): Promise<string> {
  const { rows: versions } = await owner.query<{ server_version: string }>("show server_version");
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return [
    `${availableParallelism()} cores (${model}), Node ${process.versions.node}, PostgreSQL ${versions[0]?.server_version}`,
    `A programme of ${rows.length} rows, ${new Set(rows.map(({ code }) => code)).size} competition sessions`,
  ].join("\n");
}

/** An embedded PostgreSQL outlives its parent, and so it must be stopped. */
function stopOnSignals(bench: Bench): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void bench.close().finally(() => process.exit(1)));
  }
}
