import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { type ChromiumFiles, findChromium } from "./browser/chromium-files.ts";
import { registerVisitor, signIn } from "./people/sign-in.ts";
import type { Run } from "./provided.ts";
import { demoAccountOf } from "./server/demo-accounts.ts";
import { type Server, startServer } from "./server/start-server.ts";

/** vitest's `globalSetup`: the real server, as a process of its own, once for each worker. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const workers = Array.from({ length: project.config.maxWorkers }, () => startServer());
  const started = await Promise.allSettled(workers);
  const servers = started.flatMap((server) => (server.status === "fulfilled" ? [server.value] : []));
  const stop = async (): Promise<void> => {
    const stopped = await Promise.allSettled(servers.map((server) => server.stop()));
    for (const each of stopped) if (each.status === "rejected") throw each.reason;
  };
  try {
    await Promise.all(workers);
    const chromium = await findChromium();
    project.provide("tessera", await Promise.all(servers.map((server) => prepare(server, chromium))));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function prepare({ origin, demoAccounts, dataDir, logFile }: Server, chromium: ChromiumFiles): Promise<Run> {
  const account = (name: string) => demoAccountOf(demoAccounts, `${name}@tessera.example`);
  return {
    origin,
    chromium,
    demoAccounts,
    visitor: await registerVisitor(origin),
    admin: await signIn(origin, "admin", account("admin2")),
    otherAdmin: await signIn(origin, "admin", account("admin")),
    supervisor: await signIn(origin, "scanner", account("supervisor")),
    dataDir,
    logFile,
    failuresFolder: path.join(tmpdir(), `tessera-e2e-failures-${process.pid}`),
  };
}
