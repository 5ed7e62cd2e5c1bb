import { setTimeout as delay } from "node:timers/promises";
import { checkServer, createDatabase, DatabaseSetupError, migrate, requireNewestSchema } from "@tessera/db";
import { startEmbedded } from "@tessera/db/embedded";
import type { Config } from "./config.ts";
import { within } from "./deadline.ts";
import type { Logger } from "./log.ts";
import { SetupError } from "./setup-error.ts";

export type OpenDatabase = {
  /** With the application's role. */
  db: ReturnType<typeof createDatabase>;
  /** For another pool with the same role. */
  url: string;
  /** The same database as its owner, connected directly: for what the application may not do. */
  ownerUrl: string;
  /** Rejects when the database does not answer. */
  check: () => Promise<void>;
  /**
   * Closes the connections, and leaves the embedded PostgreSQL, which stops when nobody else uses it; it does not wait
   * long for a connection that is still at work.
   */
  close: () => Promise<void>;
};

/** What a request waits for the database at most: PostgreSQL whose machine is gone answers nothing any more. */
export const serverQueryTimeoutMs = 30_000;
const mostConnections = 10;
const firstPauseMs = 500;
const connectionsMs = 1_000;

type Surroundings = {
  log: Logger;
  /** Told of the steps in a sentence each, for people. */
  say: (sentence: string) => void;
  /** How often a database that does not answer is asked; each pause is twice the one before. */
  attempts?: number;
  /** How long a query of `db` may take; none unless told, since a command reads whole tables if it must. */
  queryTimeoutMs?: number;
  /** Neither makes nor migrates a database: one that is not there, or not of the newest schema, is refused. */
  asItIs?: boolean;
};

/**
 * Opens the database that the configuration names, or the embedded one, checks that it is fit, and brings it to the
 * newest schema (with `asItIs`, checks that it has it).
 *
 * @throws SetupError naming the variable, when it cannot be used
 */
export async function openDatabase(
  { database, dataDir }: Pick<Config, "database" | "dataDir">,
  surroundings: Surroundings,
): Promise<OpenDatabase> {
  if (database !== undefined) return connect(database, surroundings);
  const { say, asItIs = false } = surroundings;
  const embedded = await startEmbedded({ dataDir, log: say, mustExist: asItIs }).catch(explain);
  try {
    const opened = await connect({ url: embedded.databaseUrl, ownerUrl: embedded.ownerUrl }, surroundings);
    const close = async (): Promise<void> => {
      try {
        await within(connectionsMs, opened.close());
      } finally {
        await embedded.stop();
      }
    };
    return { ...opened, close };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function connect(
  { url, ownerUrl }: { url: string; ownerUrl: string },
  { log, say, attempts = 6, queryTimeoutMs, asItIs = false }: Surroundings,
): Promise<OpenDatabase> {
  const owner = createDatabase(ownerUrl, { max: 1, applicationName: "tessera-check" });
  const db = createDatabase(url, {
    max: mostConnections,
    applicationName: "tessera-server",
    onConnectionLost: (error) => log.warn({ err: error }, "database connection lost"),
    ...(queryTimeoutMs === undefined ? {} : { queryTimeoutMs }),
  });
  try {
    await checkPatiently("DATABASE_OWNER_URL", owner, { say, attempts });
    if (asItIs) await requireNewestSchema(owner).catch(explain);
    else {
      const applied = await migrate(ownerUrl).catch(explain);
      if (applied.length > 0) say(`Applied the migrations ${applied.join(", ")}.`);
    }
    await checkPatiently("DATABASE_URL", db, { say, attempts });
  } catch (error) {
    await db.destroy();
    throw error;
  } finally {
    await owner.destroy();
  }
  return { db, url, ownerUrl, check: () => checkServer(db), close: () => db.destroy() };
}

/** A database that starts beside us may need a moment; one that answers and is unfit stays so. */
async function checkPatiently(
  variable: string,
  db: OpenDatabase["db"],
  { say, attempts }: { say: (sentence: string) => void; attempts: number },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await checkServer(db);
    } catch (error) {
      if (!(error instanceof DatabaseSetupError)) throw error;
      const unreachable = error.code === "unreachable";
      if (!unreachable || attempt === attempts) throw new SetupError(`${variable}: ${error.message}`, { cause: error });
      say(`${variable}: ${error.message} Trying again …`);
      await delay(firstPauseMs * 2 ** (attempt - 1));
    }
  }
}

function explain(error: unknown): never {
  if (error instanceof DatabaseSetupError) throw new SetupError(error.message, { cause: error });
  throw error;
}
