import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { applicationRole } from "../migrate.ts";
import { DatabaseSetupError } from "../setup-error.ts";
import { findBinaries } from "./binaries.ts";
import { adminRole, createClusterOnce, type Credentials, databaseName, ownerRole, readCredentials } from "./cluster.ts";
import { type ClusterHome, exists, prepareHome } from "./home.ts";
import { type Lease, takeLease } from "./lease.ts";
import { findPostmaster, haltPostmaster, launchPostmaster } from "./postmaster.ts";

/** How to start an embedded server. */
export interface EmbeddedOptions {
  /** Where the database is kept, in a folder `postgres` of it; created if need be. */
  readonly dataDir: string;
  /** Told in a sentence of what an operator would want to know, such as a database that is kept elsewhere. */
  readonly log?: (message: string) => void;
  /** For who only wants to read: a database that is not there is refused instead of made. */
  readonly mustExist?: boolean;
}

/** A running embedded server, with the superuser that tests need to clone databases. */
export interface ClusterServer {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly databaseUrl: string;
  readonly stop: () => Promise<void>;
}

const patienceMs = 150_000;
const pauseMs = 25;
const launchAttempts = 4;

/** What only tests set. */
interface Surroundings {
  readonly binaries?: string;
  readonly sharedFolder?: string;
}

/** Joins the server that runs on a data folder, or starts it. See `startEmbedded`. */
export async function startCluster(options: EmbeddedOptions & Surroundings): Promise<ClusterServer> {
  const { log = () => undefined, mustExist = false } = options;
  if (mustExist && !(await exists(path.resolve(options.dataDir)))) throw missing(options.dataDir);
  const home = await prepareHome({ binaries: findBinaries(), ...options, log });
  if (mustExist && !(await exists(home.folder))) throw missing(options.dataDir);
  const running = await findPostmaster(home);
  log(running === undefined ? "Starting the embedded PostgreSQL …" : "Using the running PostgreSQL.");
  await createClusterOnce(home, applicationRole);
  const credentials = await readCredentials(home);
  const { lease, port } = await joinOrLaunch(home, credentials);
  let stopped: Promise<void> | undefined;
  return {
    ...urlsOf(credentials, port),
    stop: () => (stopped ??= leave(home, lease)),
  };
}

function missing(dataDir: string): DatabaseSetupError {
  return new DatabaseSetupError("embedded_missing", `There is no database in the data folder ${dataDir}.`);
}

function urlsOf(credentials: Credentials, port: number): Omit<ClusterServer, "stop"> {
  const urlOf = (role: string, password: string, database: string): string =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    adminUrl: urlOf(adminRole, credentials.admin, "postgres"),
    ownerUrl: urlOf(ownerRole, credentials.owner, databaseName),
    databaseUrl: urlOf(applicationRole, credentials.application, databaseName),
  };
}

/** Of several that find no server, one launches it; the others' attempts fail on its lock file, and then they join. */
async function joinOrLaunch(home: ClusterHome, credentials: Credentials): Promise<{ lease: Lease; port: number }> {
  const deadline = Date.now() + patienceMs;
  let failures = 0;
  while (Date.now() < deadline) {
    const running = await findPostmaster(home);
    if (running === undefined) {
      const { ok, output } = await launchPostmaster(home);
      // One that came up and was stopped again by somebody who left is no failure: it is tried anew.
      if (!ok && !output.includes("ready to accept connections")) failures += 1;
      if (failures === launchAttempts) throw startFailed(output);
    } else if (running.ready) {
      const lease = await takeLease(urlsOf(credentials, running.port).adminUrl);
      if (lease) return { lease, port: running.port };
    }
    await delay(pauseMs);
  }
  throw startFailed(`A server is on ${home.folder}, but accepts no connections.`);
}

function startFailed(output: string): DatabaseSetupError {
  return new DatabaseSetupError("embedded_start_failed", `The embedded PostgreSQL could not be started:\n${output}`);
}

async function leave(home: ClusterHome, lease: Lease): Promise<void> {
  const isLast = await lease.release();
  try {
    if (!isLast) return;
    const { ok, output } = await haltPostmaster(home);
    if (!ok) {
      throw new DatabaseSetupError("embedded_stop_failed", `The embedded PostgreSQL did not stop: ${output}`);
    }
  } finally {
    await lease.close();
  }
}
