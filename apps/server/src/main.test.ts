import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { kekKinds } from "@tessera/core";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";

const program = fileURLToPath(new URL("./main.ts", import.meta.url));
const keks = Object.fromEntries(
  kekKinds.map((kind) => [`TESSERA_KEK_${kind.toUpperCase()}`, `1:${randomBytes(32).toString("base64")}`]),
);

let database: TestDatabase;
let dataDir: string;
const started: ChildProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "tessera-main-"));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});

/** Starts the program with nothing of our environment but what it is given. */
function start(environment: Record<string, string>, args: string[] = []) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env["PATH"], TESSERA_DATA_DIR: dataDir, ...environment },
  });
  started.push(child);
  let output = "";
  let onOutput = (): void => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      onOutput();
    });
  }
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve) => {
      onOutput = () => {
        const found = pattern.exec(output);
        if (found) resolve(found);
      };
      onOutput();
    });
  const ended = once(child, "close").then(([code]: unknown[]) => ({ code, output }));
  return { child, says, ended };
}

const withDatabase = (): Record<string, string> => ({
  DATABASE_URL: database.databaseUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
  TESSERA_PAYMENTS: "demo",
  TESSERA_SMTP_URL: "smtps://mail.example.org",
  TESSERA_MAIL_FROM: "tickets@example.org",
  TESSERA_AUDIT_KEY: Buffer.alloc(32, 7).toString("base64"),
  PORT: "0",
  ...keks,
});

it("names every setting that is wrong, and ends with the status for that", async () => {
  const { code, output } = await start({ PORT: "eighty", TESSERA_LOG_LEVEL: "loud" }).ended;
  expect(code).toBe(78);
  expect(output).toMatch(/PORT must be[^]*TESSERA_LOG_LEVEL must be/);
  expect(output).not.toContain("    at ");
});

it("says how it is used when it is not", async () => {
  const { code, output } = await start({}, ["--fast"]).ended;
  expect(code).toBe(1);
  expect(output).toMatch(/--fast[^]*Usage:/);
});

it("says which port is in use, before it touches a database", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { code, output } = await start({ ...withDatabase(), PORT: String(port) }).ended;
  other.close();
  expect(code).toBe(1);
  expect(output).toContain(`PORT: ${port} is already in use`);
  expect(output).not.toContain("    at ");
});

it("names the KEKs that it lacks", async () => {
  const { TESSERA_KEK_TOTP: _, ...others } = withDatabase();
  const { code, output } = await start(others).ended;
  expect(code).toBe(78);
  expect(output).toMatch(/TESSERA_KEK_TOTP is missing/);
});

it("is ready with the database's schema, and on SIGTERM ends in good order, whoever keeps a connection", async () => {
  const { child, says, ended } = start(withDatabase());
  const [, port = ""] = await says(/http:\/\/localhost:(\d+)/);
  const agent = new Agent({ keepAlive: true });
  const request = get({ host: "127.0.0.1", port, path: "/readyz", agent });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  response.resume();
  await once(response, "end");
  const stranger = get({ host: "127.0.0.1", port, path: "/", agent, headers: { host: "evil.example" } });
  const [refusal] = (await once(stranger, "response")) as [IncomingMessage];
  expect(refusal.statusCode).toBe(421);
  refusal.resume();
  await once(refusal, "end");

  child.kill("SIGTERM");
  // A package manager passes on what the terminal has already sent.
  child.kill("SIGTERM");
  const { code, output } = await ended;
  agent.destroy();
  expect(code).toBe(0);
  expect(output).toMatch(/"msg":"stopping"[^]*"msg":"stopped"/);
});
