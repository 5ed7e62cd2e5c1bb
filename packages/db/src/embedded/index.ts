export { makeDataDir } from "./home.ts";
import { type EmbeddedOptions, startCluster } from "./server.ts";

/** A running embedded server. */
export interface EmbeddedServer {
  /** The application's role, with the rights that the migrations grant. */
  readonly databaseUrl: string;
  /** The role that owns the database: migrations, LISTEN, jobs. */
  readonly ownerUrl: string;
  /** Leaves the server, and shuts it down when nobody else uses it. A second call gives the first one's promise. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a real PostgreSQL on `<dataDir>/postgres`, made at the first start with random passwords and durable defaults,
 * listening on a free port of 127.0.0.1 only. When one runs there already (a second start, or the server of a process
 * that was killed) it is shared: the last one to leave shuts it down. It has the roles `tessera_owner` and
 * `tessera_app` and the database `tessera`, which `migrate` then fills.
 *
 * As root it runs as the system user `postgres`, made if there is none; what that user cannot reach is kept under
 * `/var/lib/tessera` instead, and `log` says so.
 *
 * With `mustExist`, nothing is made: where no database is, it throws.
 *
 * @throws DatabaseSetupError with a code `embedded_…` and PostgreSQL's own last words
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { databaseUrl, ownerUrl, stop } = await startCluster(options);
  return { databaseUrl, ownerUrl, stop };
}
