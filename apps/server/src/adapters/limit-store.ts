import { type LimitStore, postgresLimitStore } from "@tessera/core";
import { createPool } from "@tessera/db";
import type { Config } from "../config.ts";
import { serverQueryTimeoutMs } from "../database.ts";
import type { Logger } from "../log.ts";

/** A few of its own: signing in does not wait behind a crowd that buys. */
const connections = 4;

/**
 * Where tries are counted, for all nodes together: in Redis if there is one, else in PostgreSQL. Only who uses Redis loads
 * its client.
 */
export async function openLimitStore(
  { redisUrl }: Pick<Config, "redisUrl">,
  { databaseUrl, log }: { databaseUrl: string; log: Logger },
): Promise<{ store: LimitStore; close: () => Promise<void> }> {
  if (redisUrl !== undefined) {
    const { redisLimitStore } = await import("@tessera/core/redis-limit-store");
    const { store, close } = redisLimitStore(redisUrl, (err) => log.warn({ err }, "Redis is away"));
    return { store, close: async () => close() };
  }
  const pool = createPool(databaseUrl, {
    max: connections,
    applicationName: "tessera-limits",
    queryTimeoutMs: serverQueryTimeoutMs,
    onConnectionLost: (err) => log.warn({ err }, "database connection lost"),
  });
  const store = postgresLimitStore(pool);
  return { store, close: () => store.flush().then(() => pool.end()) };
}
