import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { findBinaries } from "../embedded/binaries.ts";
import { prepareHome } from "../embedded/home.ts";
import { findPostmaster, haltPostmaster, launchPostmaster } from "../embedded/postmaster.ts";
import { startCluster } from "../embedded/server.ts";
import { migrate } from "../migrate.ts";
import { makeTestFolder } from "./test-server.ts";

/** A server that can be killed, and started again where it was. */
export interface MortalServer {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  /** SIGKILL, and waits until it is gone. */
  readonly kill: () => Promise<void>;
  /** Resolves when it accepts connections. */
  readonly start: () => Promise<void>;
  /** Also deletes its data. */
  readonly stop: () => Promise<void>;
}

const pauseMs = 20;
/** Its predecessor's children hold the memory for a moment after it is gone. */
const launchAttempts = 100;

/** Starts a throw-away server of its own, with a migrated database, for tests of what happens while it is away. */
export async function startMortalServer(): Promise<MortalServer> {
  const dataDir = await makeTestFolder();
  const { ownerUrl, databaseUrl } = await startCluster({ dataDir });
  await migrate(ownerUrl);
  const home = await prepareHome({ dataDir, binaries: findBinaries(), log: () => undefined });
  const port = Number(new URL(ownerUrl).port);

  async function kill(): Promise<void> {
    const postmaster = await findPostmaster(home);
    if (postmaster === undefined) return;
    process.kill(postmaster.pid, "SIGKILL");
    while ((await findPostmaster(home))?.pid === postmaster.pid) await delay(pauseMs);
  }
  async function start(): Promise<void> {
    let words = "";
    for (let attempt = 0; attempt < launchAttempts; attempt += 1) {
      const { ok, output } = await launchPostmaster(home, port);
      if (ok) return;
      words = output;
      await delay(pauseMs);
    }
    throw new Error(`The server does not come back: ${words}`);
  }
  async function stop(): Promise<void> {
    if (await findPostmaster(home)) await haltPostmaster(home);
    await rm(dataDir, { recursive: true, force: true });
  }
  return { databaseUrl, ownerUrl, kill, start, stop };
}
