import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { dataOf, programOf } from "./cluster.ts";
import type { ClusterHome } from "./home.ts";
import { run, type RunResult } from "./run.ts";

/** What `postmaster.pid` says of a server that runs, or ran, on a cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Whether it accepts connections: not while it starts, recovers or stops. */
  readonly ready: boolean;
}

const secondsToStart = "120";
const secondsToStop = "60";

const serverFlags = [
  "-c listen_addresses=127.0.0.1",
  "-c unix_socket_directories=''",
  "-c max_connections=200",
  "-c timezone=UTC",
  "-c log_timezone=UTC",
  "-c log_checkpoints=off",
];

const logOf = (home: ClusterHome): string => path.join(home.folder, "postgres.log");

/**
 * The server of a cluster, if its process lives. A file that a killed one left behind is removed when its number now
 * belongs to another program, since PostgreSQL itself would take that program for its predecessor.
 */
export async function findPostmaster(home: ClusterHome): Promise<Postmaster | undefined> {
  const file = path.join(dataOf(home), "postmaster.pid");
  const text = await readIfThere(file);
  // The lines: pid, data folder, start time, port, socket folder, address, shared memory, state.
  const [pid, , , port, , , , state] = text?.split("\n") ?? [];
  if (!pid || !port) return undefined;
  const postmaster = { pid: Number(pid), port: Number(port), ready: state?.trim() === "ready" };
  if (!isAlive(postmaster.pid)) return undefined;
  const command = await readIfThere(`/proc/${pid}/cmdline`);
  if (command !== undefined && path.basename(command.split("\0")[0] ?? "") !== "postgres") {
    await rm(file, { force: true });
    return undefined;
  }
  return postmaster;
}

/**
 * Starts the server as a process of its own, on a port of 127.0.0.1 that is free unless one is told, and waits until it
 * accepts connections.
 */
export async function launchPostmaster(home: ClusterHome, port?: number): Promise<RunResult> {
  const flags = [...serverFlags, `-p ${port ?? (await findFreePort())}`].join(" ");
  // pg_ctl gives it a session of its own: Ctrl-C reaches us alone, and we stop it when our own work is done.
  const args = ["start", "-w", "-t", secondsToStart, "-D", dataOf(home), "-l", logOf(home), "-o", flags];
  const before = (await readIfThere(logOf(home)))?.length ?? 0;
  const result = await run(programOf(home, "pg_ctl"), args, { user: home.user });
  return result.ok ? result : { ok: false, output: (await lastLogLines(home, before)) || result.output };
}

/** Ends the server's sessions, rolls back what they had begun, and waits until it is down. */
export function haltPostmaster(home: ClusterHome): Promise<RunResult> {
  const args = ["stop", "-w", "-t", secondsToStop, "-m", "fast", "-D", dataOf(home)];
  return run(programOf(home, "pg_ctl"), args, { user: home.user });
}

async function lastLogLines(home: ClusterHome, from: number): Promise<string> {
  const log = ((await readIfThere(logOf(home))) ?? "").slice(from);
  return log.trimEnd().split("\n").slice(-8).join("\n");
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("the system gave no free port"));
      });
    });
  });
}
