import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findSteadyPort } from "./ports.ts";

/** The product's server as a process that can be killed and comes back where it was. */
export type Server = {
  origin: string;
  /** SIGKILL; started again at once. */
  kill: () => Promise<void>;
  /** In good order. */
  stop: () => Promise<void>;
};

const apps = path.join(import.meta.dirname, "..", "..", "apps", "server", "src");
const patienceMs = 60_000;
const pauseMs = 20;
const mostFailedStarts = 200;

/** What the server and its commands are told: the demo, whose payments need nobody, with holds that end soon. */
export function serverEnvironment(settings: {
  databaseUrl: string;
  ownerUrl: string;
  dataDir: string;
  holdSeconds: number;
}): Record<string, string> {
  return {
    HOST: "127.0.0.1",
    DATABASE_URL: settings.databaseUrl,
    DATABASE_OWNER_URL: settings.ownerUrl,
    TESSERA_DATA_DIR: settings.dataDir,
    TESSERA_DEMO: "on",
    TESSERA_HOLD_SECONDS: String(settings.holdSeconds),
    TESSERA_LOG_LEVEL: "warn",
    // Each buyer has an address of its own.
    TESSERA_TRUSTED_PROXIES: "1",
  };
}

/** Runs one of the product's commands to its end. */
export async function runCommand(
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [path.join(apps, "commands", `${command}.ts`), ...args], {
    env: { ...environment, TESSERA_LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => said.push(text));
  }
  await once(child, "close");
  return { code: child.exitCode, output: said.join("").trim() };
}

/**
 * Starts the server, and again whenever it ends.
 *
 * @param options.preload modules that are loaded before it: what the negative control takes out
 * @param options.logFile what it writes
 */
export async function startServer(
  environment: Record<string, string>,
  options: { preload?: string | undefined; logFile: string },
): Promise<Server> {
  const port = await findSteadyPort();
  const origin = `http://127.0.0.1:${port}`;
  const log = openSync(options.logFile, "a");
  const args = options.preload === undefined ? [] : ["--import", options.preload];
  let stopping = false;
  let failedStarts = 0;
  let child = launch();
  const killAtExit = (): void => void child.kill("SIGKILL");
  process.once("exit", killAtExit);
  const server: Server = {
    origin,
    async kill() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      stopping = true;
      process.off("exit", killAtExit);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
  try {
    await untilReady();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;

  function launch(): ChildProcess {
    const started = spawn(process.execPath, [...args, path.join(apps, "main.ts")], {
      env: { ...environment, PORT: String(port) },
      stdio: ["ignore", log, log],
    });
    started.once("exit", (code) => {
      // By itself, as when the database was away for too long: that is a supervisor's daily work, up to a point.
      if (code !== null) failedStarts += 1;
      if (!stopping && failedStarts < mostFailedStarts) child = launch();
    });
    return started;
  }

  async function untilReady(): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!(await isReady(origin))) {
      if (child.exitCode !== null || performance.now() > deadline) {
        throw new Error(`The server did not become ready:\n${await readFile(options.logFile, "utf8")}`);
      }
      await delay(pauseMs);
    }
  }
}

async function isReady(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/readyz`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
