import pg from "pg";
import type { TestProject } from "vitest/node";
import { databaseName } from "../embedded/cluster.ts";
import type { TestServerUrls } from "./provided.ts";
import { startTestServer } from "./test-server.ts";

/** vitest's `globalSetup`: one server and one migrated template for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, ownerUrl, databaseUrl, stop } = await startTestServer();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  // A database is only cloned while nobody is connected to it.
  await admin.query(`alter database ${databaseName} allow_connections false`);
  await admin.end();
  const urls: TestServerUrls = { adminUrl, ownerUrl, databaseUrl };
  project.provide("tesseraTestServer", urls);
  return stop;
}
