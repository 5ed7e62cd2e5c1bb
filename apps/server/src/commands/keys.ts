import { randomBytes } from "node:crypto";
import { createDatabase } from "@tessera/db";
import { loadConfig } from "../config.ts";
import { openDatabase } from "../database.ts";
import { readKeyArguments } from "../keys/key-arguments.ts";
import { runKeyCommand } from "../keys/run-key-command.ts";
import { createLog } from "../log.ts";
import { runCommand } from "./run-command.ts";

async function main(): Promise<number> {
  const command = readKeyArguments();
  if ("usage" in command) {
    console.log(command.usage);
    return 0;
  }
  const say = (sentence: string): void => console.log(sentence);
  const config = loadConfig({ dev: false, https: false });
  const database = await openDatabase(config, { log: createLog("warn"), say });
  const db = createDatabase(database.ownerUrl, { max: 2, applicationName: "tessera-keys" });
  const stopping = new AbortController();
  // It may come twice: from the terminal, and from the package manager that started us.
  process.on("SIGINT", () => stopping.abort());
  try {
    const parts = { db, config, clock: () => new Date(), random: randomBytes, signal: stopping.signal };
    const terminal = process.stdout.isTTY;
    return await runKeyCommand({ ...parts, terminal, say, complain: (sentence) => console.error(sentence) }, command);
  } finally {
    await db.destroy();
    await database.close();
  }
}

await runCommand(main);
