import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "./bench.ts";

export type MeasuredServer = { origin: string; stop: () => Promise<void> };

const main = path.join(import.meta.dirname, "..", "..", "apps", "server", "src", "main.ts");
const patienceMs = 20_000;
const pauseMs = 50;

/** Starts the product's server in a process of its own, on the bench's database, and waits until it is ready. */
export async function startServer({
  ctx,
  databaseUrl,
  ownerUrl,
  dataDir,
  kekVariables,
}: Bench): Promise<MeasuredServer> {
  const port = await freePort();
  const server = spawn(process.execPath, [main], {
    env: {
      ...kekVariables,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DATABASE_OWNER_URL: ownerUrl,
      TESSERA_DATA_DIR: dataDir,
      TESSERA_GAMES_ID: ctx.policy.gamesId,
      TESSERA_DEMO: "on",
      // As in production: every request is logged.
      TESSERA_LOG_LEVEL: "info",
      // Those who ask come from addresses of their own.
      TESSERA_TRUSTED_PROXIES: "1",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(server, "exit");
  const kill = (): void => void server.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async (): Promise<void> => {
    server.kill("SIGTERM");
    await ended;
    process.off("exit", kill);
  };
  const origin = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + patienceMs;
  while (!(await isReady(origin))) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode} before it was ready`);
    if (performance.now() > deadline) {
      await stop();
      throw new Error("The server did not become ready in time");
    }
    await delay(pauseMs);
  }
  return { origin, stop };
}

async function isReady(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/readyz`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
