import { type CoreContext, sendMail } from "@tessera/core";
import { createJobsPool, jobsSchema } from "@tessera/db";
import { type JobHelpers, Logger as WorkerLogger, run, type Runner } from "graphile-worker";
import { z } from "zod";
import { within } from "../deadline.ts";
import type { Logger } from "../log.ts";
import type { Job } from "./every.ts";

const concurrency = 2;
/** One connection listens, one is for what happens beside the jobs. */
const connections = concurrency + 2;
/** Of the time that the server has to stop. */
const patienceAtStopMs = 3_000;
const restartMs = 5_000;

const sendMailPayload = z.object({ mailId: z.uuid() });

/** What the worker needs to do its work. */
export type WorkerParts = {
  core: Pick<CoreContext, "db" | "clock" | "keyring" | "mailer">;
  ownerUrl: string;
  log: Logger;
  /** How long a try lasts at most. Less than after what a mail counts as abandoned (core/src/mail/send-mail.ts). */
  longestSendingMs?: number;
};

/** With the mails that are being sent, by their ids. */
type Sending = Omit<WorkerParts, "ownerUrl"> & { underWay: Map<string, Promise<void>> };

/**
 * Works off the queue of jobs: what has to happen after a commit and must not be lost. A job is there as soon as its
 * transaction is, and one of all the nodes takes it. A worker that ends by itself, as when the database was away for
 * long, is started again.
 */
export function startWorker(parts: WorkerParts): Job {
  const { log } = parts;
  let stopping = false;
  const pgPool = createJobsPool(parts.ownerUrl, {
    max: connections,
    applicationName: "tessera-worker",
    onConnectionLost: (error) => {
      // An embedded PostgreSQL that ends right after us may be quicker than a connection that closes.
      if (!stopping) log.warn({ job: "worker", err: error }, "database connection lost");
    },
  });
  const underWay = new Map<string, Promise<void>>();
  let restart: NodeJS.Timeout | undefined;
  let runner: Promise<Runner>;

  const begin = (): void => {
    runner = startRunner(pgPool, { ...parts, underWay });
    void runner
      .then(({ promise }) => promise)
      .catch((error: unknown) => log.error({ job: "worker", err: error }, "worker failed"))
      .then(() => {
        if (!stopping) restart = setTimeout(begin, restartMs);
      });
  };
  begin();

  const end = async (): Promise<void> => {
    stopping = true;
    clearTimeout(restart);
    const started = await runner.catch(() => undefined);
    // One that has ended by itself says so by rejecting.
    await started?.stop().catch(() => undefined);
    await pgPool.end();
  };
  let ended: Promise<void> | undefined;
  return { stop: () => (ended ??= end()) };
}

function startRunner(pgPool: ReturnType<typeof createJobsPool>, sending: Sending): Promise<Runner> {
  return run({
    pgPool,
    schema: jobsSchema,
    concurrency,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: patienceAtStopMs,
    logger: workerLogger(sending.log),
    parsedCronItems: [],
    // What became of the last jobs is then written before the worker ends.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    taskList: { send_mail: (payload, helpers) => runSendMail(sending, payload, helpers) },
  });
}

/** Sends a mail, or waits for the sending of it that an earlier try has given up waiting for: it may still get away. */
function sendOnce(core: WorkerParts["core"], underWay: Map<string, Promise<void>>, mailId: string): Promise<void> {
  const known = underWay.get(mailId);
  if (known) return known;
  const sending = sendMail(core, mailId).finally(() => underWay.delete(mailId));
  underWay.set(mailId, sending);
  return sending;
}

/** What goes wrong is for the log, which says no addresses: the row of the job keeps only that it did. */
async function runSendMail(
  { core, log, longestSendingMs = 60_000, underWay }: Sending,
  payload: unknown,
  { job, abortPromise }: JobHelpers,
): Promise<void> {
  const { mailId } = sendMailPayload.parse(payload);
  try {
    // When the server stops, a slow one is left to whoever comes next.
    await Promise.race([within(longestSendingMs, sendOnce(core, underWay, mailId)), abortPromise]);
    log.debug({ mailId }, "mail sent");
  } catch (error) {
    const tried = { mailId, attempt: job.attempts, err: error };
    if (job.attempts < job.max_attempts) log.warn(tried, "mail could not be sent, and is tried again");
    else log.error(tried, "mail could not be sent, and is given up");
    throw new Error("the mail could not be sent", { cause: error });
  }
}

/** The failure of a job is told above, and that it was done is of no interest. */
function workerLogger(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message, meta) => {
    if (level === "error" && meta["failure"] !== true) log.error({ job: "worker", err: meta["error"] }, message);
    else if (level === "warning") log.warn({ job: "worker" }, message);
    else log.debug({ job: "worker" }, message);
  });
}
