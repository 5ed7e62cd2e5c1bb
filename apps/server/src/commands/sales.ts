import { parseArgs } from "node:util";
import { proveSales } from "@tessera/core";
import { type Config, loadConfig } from "../config.ts";
import { openDatabase } from "../database.ts";
import { createLog } from "../log.ts";
import { describeProof } from "../sales/describe-proof.ts";
import { SetupError } from "../setup-error.ts";
import { runCommand, UsageError } from "./run-command.ts";

const usage = `Usage: pnpm sales prove

Proves that what was sold adds up: sums, ledger, orders, tickets, payments, refunds, seats, histories and stored answers.
Reads everything from one snapshot and changes nothing, also while others sell. Ends with status 0 if all agree; with 1
and the first rows that do not; and with 1 where there is nothing to prove: no database, an older schema, no Games.
`;

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.join(" ") !== "prove") throw new UsageError("What shall be done?", usage);
  const config = loadConfig({ dev: false, https: false });
  const say = (sentence: string): void => console.log(sentence);
  // A mistyped place must not become an empty database whose books agree.
  const database = await openDatabase(config, { log: createLog("warn"), say, asItIs: true });
  try {
    say(`The database ${placeOf(config)}.\n`);
    const started = performance.now();
    const proof = await proveSales(database);
    if (!proof.hasGames) throw new SetupError("There are no Games in it: nothing can be proved.");
    console.log(describeProof(proof, { milliseconds: performance.now() - started }).join("\n"));
    return proof.rules.every(({ total }) => total === 0) ? 0 : 1;
  } finally {
    await database.close();
  }
}

/** Where the database is, without who connects to it. */
function placeOf({ database, dataDir }: Pick<Config, "database" | "dataDir">): string {
  if (database === undefined) return `in the data folder ${dataDir}`;
  const { host, pathname } = new URL(database.url);
  return host + pathname;
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: "boolean", short: "h", default: false } } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}

await runCommand(main);
