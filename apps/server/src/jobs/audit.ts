import type { KeyObject } from "node:crypto";
import { type CheckpointStore, type CoreContext, sealAuditEntries, signCheckpoint } from "@tessera/core";
import type { Logger } from "../log.ts";
import { every, type Job } from "./every.ts";

const sealSeconds = 0.5;
const checkpointSeconds = 60;

/** What signs checkpoints, and where they are kept. */
export type Checkpoints = { key: KeyObject; store: CheckpointStore };

/** Chains what was written to the audit log within a second, and writes down outside the database what it was each minute. */
export function startAuditJobs(core: Pick<CoreContext, "db" | "clock">, checkpoints: Checkpoints, log: Logger): Job {
  let written = 0;
  const checkpoint = async (): Promise<void> => {
    const signed = await signCheckpoint(core, checkpoints.key, written);
    if (signed === undefined) return;
    await checkpoints.store.append(signed);
    written = signed.position;
  };
  const jobs = [
    every(sealSeconds, "seal audit entries", (signal) => sealAuditEntries(core, signal), log),
    every(checkpointSeconds, "write audit checkpoint", checkpoint, log),
  ];
  return {
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop()));
      // What happened last is not left without a witness.
      try {
        await sealAuditEntries(core);
        await checkpoint();
      } catch (error) {
        log.error({ err: error }, "last audit checkpoint failed");
      }
    },
  };
}
