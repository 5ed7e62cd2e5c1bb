import { access, chmod, constants, mkdtemp, readdir, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findBinaries } from "../embedded/binaries.ts";
import { prepareHome } from "../embedded/home.ts";
import { findPostmaster, haltPostmaster, isAlive } from "../embedded/postmaster.ts";
import { type ClusterServer, startCluster } from "../embedded/server.ts";
import { migrate } from "../migrate.ts";

const memoryFolder = "/dev/shm";
const roomNeeded = 2 * 1024 ** 3;
const prefix = "tessera-test-";

/** Starts a throw-away embedded server with a migrated database. `stop()` also deletes its data. */
export async function startTestServer(): Promise<ClusterServer> {
  await removeAbandoned(await chooseParent());
  const dataDir = await makeTestFolder();
  const server = await startCluster({ dataDir });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(server.ownerUrl);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...server, stop };
}

/** A folder for a server that ends with this process, or with the next run if this one is killed. */
export async function makeTestFolder(): Promise<string> {
  // The process id says whether the run that made a folder still lives.
  const folder = await mkdtemp(path.join(await chooseParent(), `${prefix}${process.pid}-`));
  // Only the cluster inside is private: as root, PostgreSQL's user must get through.
  await chmod(folder, 0o755);
  return folder;
}

/** Durable defaults are kept, so that tests run what production runs; in memory, fsync costs nothing. */
async function chooseParent(): Promise<string> {
  try {
    await access(memoryFolder, constants.W_OK);
    const { bavail, bsize } = await statfs(memoryFolder);
    return bavail * bsize >= roomNeeded ? memoryFolder : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** A run that was killed leaves its server behind: the next one stops it and deletes its data. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const dataDir = path.join(parent, name);
    const home = await prepareHome({ dataDir, binaries: findBinaries(), log: () => undefined });
    if (await findPostmaster(home)) await haltPostmaster(home);
    await rm(dataDir, { recursive: true, force: true });
  }
}
