import { type Kysely, sql } from "kysely";
import { DatabaseSetupError, messageOf } from "./setup-error.ts";

/** What a PostgreSQL server says of itself. */
export interface ServerSettings {
  /** `server_version_num`, for example 150004. */
  readonly version: number;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
}

const oldestVersion = 15;
const durabilitySettings = ["fsync", "full_page_writes", "synchronous_commit"] as const;

/**
 * Refuses a server on which a committed sale could be lost, or that is older than PostgreSQL 15.
 *
 * @throws DatabaseSetupError `server_too_old` or `unsafe_setting`, naming the setting
 */
export function judgeServer(settings: ServerSettings): void {
  const major = Math.floor(settings.version / 10_000);
  if (major < oldestVersion) {
    throw new DatabaseSetupError(
      "server_too_old",
      `This is PostgreSQL ${major}. Tessera needs PostgreSQL ${oldestVersion} or later.`,
    );
  }
  for (const name of durabilitySettings) {
    if (settings[name] === "off") {
      throw new DatabaseSetupError(
        "unsafe_setting",
        `PostgreSQL has ${name} = off: a crash could lose tickets that were paid for. Turn ${name} on, on the server and for the role and database of this connection.`,
      );
    }
  }
}

/**
 * Asks the server for its version and durability settings, as this connection sees them, and refuses unfit ones.
 *
 * @throws DatabaseSetupError `unreachable` (nobody answers, or not to this user), `server_too_old`, `unsafe_setting`
 */
export async function checkServer<Tables>(db: Kysely<Tables>): Promise<void> {
  judgeServer(await readSettings(db));
}

async function readSettings<Tables>(db: Kysely<Tables>): Promise<ServerSettings> {
  try {
    const { rows } = await sql<ServerSettings>`
      select current_setting('server_version_num')::int as version,
        current_setting('fsync') as fsync,
        current_setting('full_page_writes') as full_page_writes,
        current_setting('synchronous_commit') as synchronous_commit`.execute(db);
    const [settings] = rows;
    if (!settings) throw new Error("PostgreSQL gave no settings");
    return settings;
  } catch (error) {
    throw new DatabaseSetupError("unreachable", `PostgreSQL cannot be reached: ${messageOf(error)}`, { cause: error });
  }
}
