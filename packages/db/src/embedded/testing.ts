import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { createDatabase } from "../connection.ts";
import { makeTestFolder } from "../testing/test-server.ts";
import { startEmbedded } from "./index.ts";
import { run, type SystemUser } from "./run.ts";

export const remember = "create table memory (word text); insert into memory values ('kept')";
export const recall = "select word from memory";
export const kept = [{ word: "kept" }];

/** What a process that starts the embedded server says. */
interface Started {
  readonly databaseUrl?: string;
  readonly ownerUrl?: string;
  readonly failure?: string;
}

/** Folders, processes and servers of the embedded server's tests; all of them end with the test. */
export function useEmbeddedFolders(): {
  /** An empty data folder of the running test. */
  folder: () => string;
  /** Puts a stopped cluster that remembers a word into the folder, quicker than making one. */
  putCluster: (dataDir?: string) => Promise<void>;
  startInProcess: (user?: SystemUser) => Promise<{ child: ChildProcess; started: Started }>;
} {
  let prepared: string;
  let folder: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    prepared = await makeTestFolder();
    const { ownerUrl, stop } = await startEmbedded({ dataDir: prepared });
    await query(ownerUrl, remember);
    await stop();
  });
  afterAll(() => rm(prepared, { recursive: true }));
  beforeEach(async () => {
    folder = await makeTestFolder();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    // A test that failed half-way leaves a server on the folder.
    const pid = await postmasterPid(folder).catch(() => undefined);
    if (pid !== undefined && pid !== process.pid) process.kill(pid, "SIGQUIT");
    await rm(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
  });

  return {
    folder: () => folder,
    async putCluster(dataDir = folder) {
      await mkdir(dataDir, { recursive: true });
      const copied = await run("cp", ["-a", path.join(prepared, "postgres"), dataDir], { user: undefined });
      expect(copied).toEqual({ ok: true, output: "" });
    },
    async startInProcess(user) {
      const script = fileURLToPath(new URL("start.child.ts", import.meta.url));
      const child = fork(script, [folder], { ...user, cwd: "/" });
      children.push(child);
      const started = await new Promise<Started>((resolve) => {
        child.once("message", (message: Started) => resolve(message));
      });
      return { child, started };
    },
  };
}

/** Tells a process to leave its server, and waits until it has ended by itself. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.send("stop");
  expect(await exit).toEqual([0, null]);
}

/** Ends a process as a lack of memory or an impatient person does. */
export async function killProcess(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

/** The rows of one statement on a connection of its own. */
export async function query(url: string | undefined, statement: string): Promise<unknown[]> {
  const db = createDatabase(url ?? "", { max: 1, applicationName: "tessera-test" });
  try {
    return (await sql.raw(statement).execute(db)).rows;
  } finally {
    await db.destroy();
  }
}

/** Nobody listens there any more. (A process that ended may keep its number until somebody reaps it.) */
export async function expectDown(url: string | undefined): Promise<void> {
  await expect(query(url, "select 1")).rejects.toThrow("ECONNREFUSED");
}

/** The number of the server's process, from the file that PostgreSQL keeps. */
export async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(path.join(dataDir, "postgres", "data", "postmaster.pid"), "utf8"), 10);
}
