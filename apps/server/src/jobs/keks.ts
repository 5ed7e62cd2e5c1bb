import { randomUUID } from "node:crypto";
import {
  announceKeks,
  type CoreContext,
  forgetNodeKeks,
  type KekProblem,
  type NodeKeks,
  syncKeks,
} from "@tessera/core";
import type { Logger } from "../log.ts";
import { SetupError } from "../setup-error.ts";
import { every, type Job } from "./every.ts";

const syncSeconds = 10;

type KekContext = Pick<CoreContext, "db" | "clock" | "random">;

/**
 * Before anything is sealed or opened: the KEKs of this server are those of the database.
 *
 * @throws SetupError naming each that is another one or is not there
 */
export async function agreeOnKeks(core: KekContext, keks: NodeKeks): Promise<void> {
  const problems = await syncKeks(core, keks);
  if (problems.length > 0) throw new SetupError(problems.map(describeKekProblem).join("\n"));
}

/** Finds KEKs that have come, seals with the one that the database names, and says that this server lives. */
export function startKekJob(core: KekContext, keks: NodeKeks, log: Logger): Job {
  const nodeId = randomUUID();
  const job = every(
    syncSeconds,
    "hold KEKs",
    async () => {
      try {
        for (const problem of await syncKeks(core, keks)) log.error(problem, describeKekProblem(problem));
      } finally {
        await announceKeks(core, keks, nodeId);
      }
    },
    log,
  );
  return {
    stop: async () => {
      await job.stop();
      await forgetNodeKeks(core, nodeId);
    },
  };
}

export function describeKekProblem({ kind, id, problem }: KekProblem): string {
  const name = `${kind}-${id}`;
  if (problem === "not_held") {
    return `The key-encryption key ${name} is not here, and what it has sealed cannot be opened without it: bring it from where you keep your copies, or from another server.`;
  }
  return `The key-encryption key ${name} is another one than the database was sealed with. Keys and database belong together: bring the right one back; a new key needs a number of its own.`;
}
