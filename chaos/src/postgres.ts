import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmbedded } from "@tessera/db/embedded";
import pg from "pg";
import { findSteadyPort } from "./ports.ts";

/** A PostgreSQL that can be killed and comes back where it was. */
export type Postgres = {
  databaseUrl: string;
  ownerUrl: string;
  /** SIGKILL for the postmaster; its children see that it is gone and end by themselves. Started again at once. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
};

const pauseMs = 10;
const patienceMs = 30_000;
const environment = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/**
 * The product's embedded PostgreSQL with its durable defaults, under our own hand: a child of this process, so that it
 * is not left as a zombie, on a port that stays.
 */
export async function startPostgres(dataDir: string): Promise<Postgres> {
  const embedded = await startEmbedded({ dataDir });
  const data = path.join(dataDir, "postgres", "data");
  // The very command that the embedded one was started with, as PostgreSQL itself notes it for a restart.
  const command = await readFile(path.join(data, "postmaster.opts"), "utf8");
  await embedded.stop();

  const port = await findSteadyPort();
  const onPort = (url: string): string => Object.assign(new URL(url), { port: String(port) }).href;
  const [program = "", ...args] = [...command.trim().matchAll(/"([^"]*)"|\S+/g)].map(
    ([whole, quoted]) => quoted ?? whole,
  );
  const steadyArgs = args.map((arg, index) => (args[index - 1] === "-p" ? String(port) : arg));
  const { uid, gid } = await stat(data);
  const user = process.getuid?.() === 0 ? { uid, gid } : {};
  const log = openSync(path.join(dataDir, "postgres.log"), "a");

  let stopping = false;
  let child = launch();
  const killAtExit = (): void => void child.kill("SIGKILL");
  process.once("exit", killAtExit);
  await untilAnswering(embedded.ownerUrl);
  return {
    databaseUrl: onPort(embedded.databaseUrl),
    ownerUrl: onPort(embedded.ownerUrl),
    async kill() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      stopping = true;
      process.off("exit", killAtExit);
      await end(child);
    },
  };

  /** As a supervisor: whenever it ends it is started again, first while the old one's children still hold its memory. */
  function launch(): ChildProcess {
    const started = spawn(program, steadyArgs, { ...user, cwd: "/", env: environment, stdio: ["ignore", log, log] });
    started.once("exit", () => {
      if (!stopping) setTimeout(() => (child = launch()), pauseMs);
    });
    return started;
  }

  async function untilAnswering(ownerUrl: string): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!(await answers(onPort(ownerUrl)))) {
      if (performance.now() > deadline) throw new Error("PostgreSQL does not answer");
      await delay(pauseMs);
    }
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  // Immediate shutdown: nothing of it is needed any more.
  child.kill("SIGQUIT");
  await ended;
}
