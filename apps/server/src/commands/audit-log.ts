import { parseArgs } from "node:util";
import { type AuditProblem, verifyAuditLog } from "@tessera/core";
import { SingleBar } from "cli-progress";
import { loadCheckpointKey, readCheckpointKey, readCheckpoints } from "../adapters/audit-checkpoints.ts";
import { loadConfig } from "../config.ts";
import { openDatabase } from "../database.ts";
import { createLog } from "../log.ts";
import { runCommand, UsageError } from "./run-command.ts";

const usage = `Usage: pnpm audit-log verify [--checkpoints FILE]... [--old-key FILE]...

  --checkpoints FILE  checkpoints of another place or server, besides those of TESSERA_AUDIT_CHECKPOINTS
  --old-key FILE      a key that signed checkpoints before the present one: 32 bytes as base64

Goes through the whole audit log. Ends with status 0 if it is as it was written, and with 1 and the first bad entry if not.
`;

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.join(" ") !== "verify") throw new UsageError("What shall be done?", usage);
  const config = loadConfig({ dev: false, https: false });
  const keys = await Promise.all([
    loadCheckpointKey(config, { createMissing: false }),
    ...values["old-key"].map((file) => readCheckpointKey(file)),
  ]);
  const files = [config.audit.checkpoints, ...values.checkpoints];
  const read = await Promise.all(files.map(async (file) => ({ file, ...(await readCheckpoints(file)) })));
  for (const { file, torn } of read) {
    if (torn.length > 0)
      console.log(`${file}: no checkpoint on line ${torn.join(", ")} (a torn line, or not our file).`);
  }

  const spoiled = read.filter(({ endIsTorn }) => endIsTorn).map(({ file }) => file);

  const database = await openDatabase(config, { log: createLog("warn"), say: (sentence) => console.log(sentence) });
  try {
    const bar = progressBar();
    const verification = await verifyAuditLog(
      { db: database.db, clock: () => new Date() },
      { checkpoints: read.flatMap(({ checkpoints }) => checkpoints), keys, onProgress: bar.update },
    );
    bar.stop();
    const { sealed, waiting, checkpoints, problem } = verification;
    console.log(`${sealed} entries checked, ${waiting} not chained yet, ${checkpoints} checkpoints.`);
    if (problem !== null) console.log(`NOT GOOD: ${describe(problem)}`);
    else if (spoiled.length > 0) console.log(`NOT GOOD: the last line of ${spoiled.join(", ")} is no checkpoint.`);
    else console.log("The audit log is as it was written.");
    return problem === null && spoiled.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

function describe(problem: AuditProblem): string {
  switch (problem.kind) {
    case "changed":
      return `entry ${problem.position} (${problem.entryId}) is not what was written there: changed, or moved.`;
    case "removed":
      return `entry ${problem.position}${problem.entryId === null ? "" : ` (${problem.entryId})`} was removed.`;
    case "inserted":
      return `entry ${problem.entryId}, dated ${problem.at.toISOString()}, was inserted past the chain.`;
    case "backdated":
      return `entry ${problem.position} (${problem.entryId}) was inserted later than its date, ${problem.at.toISOString()}.`;
    case "rewritten":
      return (
        `at entry ${problem.position} the chain was another one: ` +
        `something from entry ${problem.afterPosition + 1} on was rewritten.`
      );
    case "cut_off":
      return `the end was cut off: ${problem.missing} entries from ${problem.position} on are missing.`;
    case "forged_checkpoint":
      return `checkpoint ${problem.line} is not signed by our key.`;
    case "not_witnessed":
      return (
        `${problem.entries} entries are minutes old and no checkpoint tells of them. If a server is running, somebody ` +
        "keeps it from chaining or from writing checkpoints, or this is not its file; if none is, start one and ask again."
      );
    default:
      return problem satisfies never;
  }
}

function progressBar(): { update: (sealed: number, total: number) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: "Checking {bar} {value} of {total}",
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(0, 0);
  return {
    update: (sealed, total) => {
      bar.setTotal(total);
      bar.update(sealed);
    },
    stop: () => bar.stop(),
  };
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        checkpoints: { type: "string", multiple: true, default: [] },
        "old-key": { type: "string", multiple: true, default: [] },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}

await runCommand(main);
