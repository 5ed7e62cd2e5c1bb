import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { findChromium } from "./browser/chromium-files.ts";
import { registerVisitor, signIn } from "./people/sign-in.ts";
import type { Run } from "./provided.ts";
import { demoAccountOf } from "./server/demo-accounts.ts";
import { startServer } from "./server/start-server.ts";

/** vitest's `globalSetup`: the real server, as a process of its own, for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server, chromium] = await Promise.all([startServer(), findChromium()]);
  const failuresFolder = path.join(tmpdir(), `tessera-e2e-failures-${process.pid}`);
  const { origin, demoAccounts } = server;
  try {
    const admin = await signIn(origin, "admin", demoAccountOf(demoAccounts, "admin2@tessera.example"));
    const supervisor = await signIn(origin, "scanner", demoAccountOf(demoAccounts, "supervisor@tessera.example"));
    const visitor = await registerVisitor(origin);
    const run: Run = { origin, visitor, chromium, demoAccounts, admin, supervisor, failuresFolder };
    project.provide("tessera", run);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
