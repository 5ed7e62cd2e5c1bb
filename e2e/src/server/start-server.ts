import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type DemoAccount, readDemoAccounts } from "./demo-accounts.ts";

export type Server = {
  readonly origin: string;
  readonly demoAccounts: readonly DemoAccount[];
  /** Its database and its KEKs. */
  readonly dataDir: string;
  /** The file of all that it has said: its start, and its log as in production. */
  readonly logFile: string;
  /** @throws when the server logged an error, or did not end in good order */
  readonly stop: () => Promise<void>;
};

export const rootFolder = fileURLToPath(new URL("../../../", import.meta.url));
const prefix = "tessera-e2e-data-";
const startSeconds = 90;
const stopSeconds = 20;

/** Starts the real server on a free port, with the demo's data in a new folder, and waits until it says where it is. */
export async function startServer(): Promise<Server> {
  await removeAbandoned();
  const dataDir = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
  // As root, PostgreSQL runs as a user of its own, which must get through to its data.
  await chmod(dataDir, 0o755);
  const child = spawn(process.execPath, ["apps/server/src/main.ts"], {
    cwd: rootFolder,
    env: serverEnvironment(dataDir),
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Also when this process dies of a fault: a server that is asked to stop takes its PostgreSQL with it.
  const ask = (): boolean => child.kill("SIGTERM");
  process.once("exit", ask);
  const errors: string[] = [];
  const logFile = path.join(dataDir, "said.log");
  const log = createWriteStream(logFile, { flags: "a" });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const stop = async (): Promise<void> => {
    process.off("exit", ask);
    const code = await end(child);
    log.end();
    await rm(dataDir, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server ended with ${code}`);
    if (errors.length > 0) throw new Error(`the server logged errors:\n${errors.join("\n")}`);
  };
  try {
    const origin = await originOf(child, errors);
    return { origin, demoAccounts: await readDemoAccounts(dataDir), dataDir, logFile, stop };
  } catch (error) {
    await end(child);
    log.end();
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** A run that was killed leaves its data behind; a PostgreSQL that loses its files ends by itself. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (!Number.isNaN(owner) && !isAlive(owner)) await rm(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Nothing of this shell's own settings: the demo, as it is for whoever has just cloned it. */
export function serverEnvironment(dataDir: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(TESSERA_|DATABASE_|NODE_|VITEST|HOST$|PORT$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    PORT: "0",
    HOST: "",
    DATABASE_URL: "",
    DATABASE_OWNER_URL: "",
    TESSERA_ORIGIN: "",
    TESSERA_DEMO: "on",
    TESSERA_DATA_DIR: dataDir,
    // Those who are signed in once for all tests change things also in the last of them.
    TESSERA_STEP_UP_MINUTES: "60",
    TESSERA_LOG_LEVEL: "info",
  };
}

/** Reads what the start says, and keeps the errors that the server logs from then on. */
function originOf(child: ChildProcess, errors: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (why: string): void => reject(new Error(`the server ${why}:\n${said.join("\n")}`));
    const timer = setTimeout(() => fail(`was not ready within ${startSeconds} s`), startSeconds * 1000);
    const read = (line: string): void => {
      said.push(line);
      const origin = /^\s*Shop\s+(http\S+?)\/?$/.exec(line)?.[1];
      if (origin !== undefined) {
        clearTimeout(timer);
        resolve(origin);
      }
      if (/"level":(50|60)/.test(line)) errors.push(line);
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface(stream).on("line", read);
    }
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopSeconds * 1000);
  await ended;
  clearTimeout(timer);
  return child.exitCode;
}
