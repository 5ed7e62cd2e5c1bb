import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import pg from "pg";
import { inject } from "vitest";
import { createDatabase } from "../connection.ts";
import { databaseName, ownerRole } from "../embedded/cluster.ts";
import type { DB } from "../generated.ts";
import type { TestServerUrls } from "./provided.ts";

/** A database of one test file's own, with the newest schema and no rows. */
export interface TestDatabase {
  /** As the application's role, with several connections, so that races show. */
  readonly db: Kysely<DB>;
  /** As the owner, for what the application may not do. */
  readonly ownerDb: Kysely<DB>;
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  /** Closes both pools and drops the database. */
  readonly drop: () => Promise<void>;
}

/**
 * Clones the migrated template. Needs `packages/db/src/testing/global-setup.ts` as vitest's `globalSetup`.
 *
 * @param options.max most connections of `db` at once, 20 unless told
 */
export async function createTestDatabase(options: { readonly max?: number } = {}): Promise<TestDatabase> {
  const server: TestServerUrls = inject("tesseraTestServer");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await runAsAdmin(server.adminUrl, `create database ${name} template ${databaseName} owner ${ownerRole}`);
  // A clone has the tables' rights of its template, and the database's own of any new one.
  await runAsAdmin(server.adminUrl, `revoke temporary on database ${name} from public`);

  const databaseUrl = withDatabase(server.databaseUrl, name);
  const ownerUrl = withDatabase(server.ownerUrl, name);
  const db = createDatabase(databaseUrl, { max: options.max ?? 20, applicationName: "tessera-test" });
  const ownerDb = createDatabase(ownerUrl, { max: 5, applicationName: "tessera-test-owner" });
  let dropped: Promise<void> | undefined;
  const drop = async (): Promise<void> => {
    await Promise.all([db.destroy(), ownerDb.destroy()]);
    // Forced, since a test may have left a connection of its own open.
    await runAsAdmin(server.adminUrl, `drop database ${name} with (force)`);
  };
  return { db, ownerDb, databaseUrl, ownerUrl, drop: () => (dropped ??= drop()) };
}

async function runAsAdmin(adminUrl: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
