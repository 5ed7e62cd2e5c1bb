import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDatabase, type Database, migrate } from "@tessera/db";
import { startEmbedded } from "@tessera/db/embedded";
import type { Kysely } from "kysely";

/** A database for one run: as the application, and as its owner for what would take the product too long to prepare. */
export type RunDatabase = {
  readonly db: Kysely<Database>;
  readonly ownerDb: Kysely<Database>;
  readonly drop: () => Promise<void>;
};

/** A PostgreSQL of its own, which ends with `drop`. */
export async function startDatabase(): Promise<RunDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tessera-simulation-"));
  // As root, PostgreSQL's own user must get through to the cluster inside, which is private.
  await chmod(dataDir, 0o755);
  const { databaseUrl, ownerUrl, stop } = await startEmbedded({ dataDir });
  await migrate(ownerUrl);
  const db = createDatabase(withoutWaiting(databaseUrl), { max: 5, applicationName: "tessera-simulation" });
  const ownerDb = createDatabase(ownerUrl, { max: 2, applicationName: "tessera-simulation-owner" });
  return {
    db,
    ownerDb,
    drop: async () => {
      await Promise.all([db.destroy(), ownerDb.destroy()]);
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Nothing here survives its process: no commit waits for the disk. */
function withoutWaiting(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("options", "-c synchronous_commit=off");
  return url.href;
}
