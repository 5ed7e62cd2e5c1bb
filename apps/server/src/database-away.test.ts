import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createPool } from "@tessera/db";
import { type MortalServer, startMortalServer } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

const program = fileURLToPath(new URL("./main.ts", import.meta.url));
/** Long enough for a machine that does much else. What is tested is that it happens, and how soon after the database. */
const patience = { timeout: 60_000, interval: 20 };

let postgres: MortalServer;
let dataDir: string;
let child: ChildProcess;
let origin: string;

beforeAll(async () => {
  postgres = await startMortalServer();
  dataDir = await mkdtemp(path.join(tmpdir(), "tessera-away-"));
  child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: postgres.databaseUrl,
      DATABASE_OWNER_URL: postgres.ownerUrl,
      TESSERA_DATA_DIR: dataDir,
      TESSERA_DEMO: "on",
      HOST: "127.0.0.1",
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => void (output += chunk.toString()));
  const port = await vi.waitFor(() => {
    const [, found] = /"origins":\["http:\/\/localhost:(\d+)"/.exec(output) ?? [];
    if (found === undefined) throw new Error(`not ready: ${output.slice(-500)}`);
    return found;
  }, patience);
  origin = `http://127.0.0.1:${port}`;
}, 120_000);
afterAll(async () => {
  child.kill("SIGKILL");
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Answer = { status: number; body: string; ms: number };

async function ask(pathname: string, init: RequestInit = {}): Promise<Answer> {
  const begun = performance.now();
  const response = await fetch(`${origin}${pathname}`, init);
  return { status: response.status, body: await response.text(), ms: performance.now() - begun };
}

/** A cookie, so that the auth session is looked for: one statement. */
const me = (): Promise<Answer> =>
  ask("/trpc/auth.accounts.me", { headers: { cookie: `tessera_shop=${randomBytes(32).toString("base64url")}` } });

/** Counts, looks for the account and hashes; with a batch of its own for each e-mail address. */
const signIn = (): Promise<Answer> =>
  ask("/trpc/auth.accounts.signIn", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: `${randomUUID()}@example.test`, password: "not this one at all" }),
  });

const readiness = async (): Promise<number> => (await ask("/readyz")).status;

/** Asks without a pause until it is enough, and gives every answer. */
async function askOn(question: () => Promise<Answer>, enough: AbortSignal): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (!enough.aborted) answers.push(await question());
  return answers;
}

async function addJob(): Promise<() => Promise<number>> {
  const pool = createPool(postgres.ownerUrl, { max: 1, applicationName: "tessera-test" });
  await pool.query("select graphile_worker.add_job('send_mail', json_build_object('mailId', gen_random_uuid()))");
  return async () => {
    const { rows } = await pool.query<{ left: number }>("select count(*)::int as left from graphile_worker.jobs");
    const left = rows[0]?.left ?? 0;
    if (left === 0) await pool.end();
    return left;
  };
}

it("answers that it is unavailable while PostgreSQL is away, and works again as soon as it is back", async () => {
  expect((await me()).status).toBe(200);
  expect(await readiness()).toBe(200);

  const enough = new AbortController();
  const asking = Array.from({ length: 8 }, (_, index) => askOn(index % 2 === 0 ? me : signIn, enough.signal));
  await postgres.kill();
  await vi.waitFor(async () => expect((await me()).status).toBe(503), patience);
  expect(await readiness()).toBe(503);
  expect((await ask("/healthz")).status).toBe(200);
  const refused = await me();
  expect(JSON.parse(refused.body)).toMatchObject({ error: { data: { errorCode: "unavailable" } } });
  enough.abort();
  const answers = (await Promise.all(asking)).flat();
  // What was asked as it died is told so as well, and nobody waits for a timeout.
  expect(answers.map(({ status }) => status)).toContain(503);
  expect(answers.filter(({ status }) => ![200, 409, 429, 503].includes(status))).toEqual([]);
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(4_000);

  await postgres.start();
  const back = performance.now();
  await vi.waitFor(async () => expect((await me()).status).toBe(200), patience);
  expect(performance.now() - back).toBeLessThan(1_000);
  await vi.waitFor(async () => expect(await readiness()).toBe(200), patience);

  const left = await addJob();
  await vi.waitFor(async () => expect(await left()).toBe(0), patience);

  expect(child.exitCode).toBeNull();
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
}, 150_000);
