import pg from "pg";
import type { ConnectionOptions } from "./connection.ts";

/** Where graphile-worker keeps its queue of jobs. Only the owner has rights there. */
export const jobsSchema = "graphile_worker";

/**
 * Connections for graphile-worker. It can make its own, but does not wait until they are closed, and by then hears no
 * errors of theirs.
 *
 * @param ownerUrl a direct connection (no pooler), as it listens
 */
export function createJobsPool(ownerUrl: string, options: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: ownerUrl,
    max: options.max,
    application_name: options.applicationName,
  });
  const onError = (error: Error): void => options.onConnectionLost?.(error);
  pool.on("error", onError);
  // One that is in use fails the query as well; without a listener it would end the process.
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}
