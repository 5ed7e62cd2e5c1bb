import { within } from "./deadline.ts";
import type { Logger } from "./log.ts";

/** What has begun so far, and so must be ended. */
export type Running = {
  listening?: { close: (deadlineMs: number) => Promise<void> };
  apps?: { close: () => Promise<void> };
  jobs?: { stop: () => Promise<void> };
  keks?: { stop: () => Promise<void> };
  worker?: { stop: () => Promise<void> };
  limits?: { close: () => Promise<void> };
  database?: { close: () => Promise<void> };
};

/** The part of the time that the database has for itself, when the rest has used up its own. */
const databaseShare = 1 / 4;

/**
 * Ends what is running: first what works, then the database under it. Whatever hangs is logged and left behind, so that
 * the deadline holds; nothing is lost by it, since what counts is committed.
 */
export async function stopServer(running: Running, deadlineMs: number, log: Logger): Promise<void> {
  const databaseMs = deadlineMs * databaseShare;
  const workMs = deadlineMs - databaseMs;
  const end = async (part: string, milliseconds: number, ending: Promise<void> | undefined): Promise<void> => {
    try {
      await within(milliseconds, Promise.resolve(ending));
    } catch (error) {
      log.error({ part, err: error }, "did not end in good order");
    }
  };
  await Promise.all([
    end("background work", workMs, running.jobs?.stop()),
    end("worker", workMs, running.worker?.stop()),
    end("holding of KEKs", workMs, running.keks?.stop()),
    end("apps", workMs, running.apps?.close()),
    // Requests are cut off a little before, so that their connections are closed by then.
    end("requests", workMs, running.listening?.close(workMs * 0.9)),
  ]);
  await Promise.all([
    end("limits", databaseMs, running.limits?.close()),
    end("database", databaseMs, running.database?.close()),
  ]);
}
