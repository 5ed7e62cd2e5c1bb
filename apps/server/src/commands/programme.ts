import { randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { importProgramme } from "@tessera/core";
import { SingleBar } from "cli-progress";
import { loadConfig } from "../config.ts";
import { openDatabase } from "../database.ts";
import { createLog } from "../log.ts";
import { isDay, isTimeZone } from "../programme/moment.ts";
import { type ProgrammeFile, type ReadOptions, readProgrammeFile } from "../programme/read-programme-file.ts";
import { describeErrors, describeImport, describeOver, formatNumber } from "../programme/report.ts";
import { SetupError } from "../setup-error.ts";
import { runCommand, UsageError } from "./run-command.ts";

const usage = `Usage: pnpm programme import FILE.csv [options]

  --shift-to YYYY-MM-DD   move the first competition day to this one and all others by as many days
  --time-zone ZONE        the time zone of all venues (default: Europe/Paris)
  --games-name-fr NAME    what the Games are called, in both languages
  --games-name-en NAME
  --past                  import competition sessions that are already over
  --move-sold             give also those another venue or time that have seats taken
  --dry-run               check everything and say what would be done, without doing it

docs/programme-format.md explains the file. Either all of it is imported, or nothing.
`;

const options = {
  "shift-to": { type: "string" },
  "time-zone": { type: "string", default: "Europe/Paris" },
  "games-name-fr": { type: "string" },
  "games-name-en": { type: "string" },
  past: { type: "boolean", default: false },
  "move-sold": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [command, file, ...others] = positionals;
  if (command !== "import" || file === undefined || others.length > 0)
    throw new UsageError("What shall be imported?", usage);
  const { "shift-to": shiftTo, "time-zone": timeZone, past, "move-sold": moveSold, "dry-run": dryRun } = values;
  if (shiftTo !== undefined && !isDay(shiftTo)) throw new UsageError(`--shift-to ${shiftTo} is not a day`, usage);
  if (!isTimeZone(timeZone))
    throw new UsageError(`--time-zone ${timeZone} is not a time zone such as Europe/Paris`, usage);
  const config = loadConfig({ dev: false, https: false });

  const started = performance.now();
  const { rows, programme, errors } = await readWithProgress(file, { timeZone, shiftTo });
  if (errors.length > 0) return refuse(describeErrors(file, errors));
  console.log(`${formatNumber(rows)} rows read from ${path.basename(file)}.`);

  const database = await openDatabase(config, { log: createLog("warn"), say: (sentence) => console.log(sentence) });
  try {
    const games = {
      id: config.gamesId,
      nameFr: values["games-name-fr"] ?? null,
      nameEn: values["games-name-en"] ?? null,
    };
    const core = { db: database.db, clock: () => new Date(), random: randomBytes };
    const outcome = await importProgramme(core, { games, timeZone, programme, past, moveSold, dryRun });
    if (outcome.outcome === "refused") return refuse(describeErrors(file, outcome.errors));
    if (outcome.outcome === "over") return refuse(describeOver(outcome, timeZone));
    if (outcome.outcome === "other_games") {
      const message = `The database holds the Games ${outcome.gamesId}, but TESSERA_GAMES_ID is ${config.gamesId}.`;
      return refuse([`${message} Nothing was imported.`]);
    }
    console.log(describeImport(outcome, { dryRun }).join("\n"));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(dryRun ? "A dry run: nothing was written." : `Imported in ${seconds} s.`);
    return 0;
  } finally {
    await database.close();
  }
}

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}

function refuse(lines: readonly string[]): number {
  console.error(lines.join("\n"));
  return 1;
}

async function readWithProgress(file: string, readOptions: ReadOptions): Promise<ProgrammeFile> {
  const bar = new SingleBar({
    format: "Reading {bar} {percentage}%",
    // Without a terminal there is nothing to draw on; the lines before and after say enough.
    noTTYOutput: false,
    clearOnComplete: true,
    hideCursor: true,
  });
  try {
    const { size } = await stat(file);
    bar.start(Math.max(size, 1), 0);
    return await readProgrammeFile(file, readOptions, (bytesRead) => bar.update(bytesRead));
  } catch (error) {
    throw explainFileError(file, error);
  } finally {
    bar.stop();
  }
}

const fileErrors: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "does not exist"],
  ["EISDIR", "is a folder, not a file"],
  ["EACCES", "may not be read"],
  ["EPERM", "may not be read"],
]);

function explainFileError(file: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const problem = fileErrors.get(code);
  return problem === undefined ? error : new SetupError(`${file} ${problem}.`, { cause: error });
}

await runCommand(main);
