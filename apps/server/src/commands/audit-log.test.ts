import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkpointKey, writeAuditEntry } from "@tessera/core";
import { testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkpointFile, readCheckpoints } from "../adapters/audit-checkpoints.ts";
import { startAuditJobs } from "../jobs/audit.ts";

const command = fileURLToPath(new URL("audit-log.ts", import.meta.url));
const seed = randomBytes(32);

let database: TestDatabase;
let folder: string;
let checkpoints: string;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "tessera-audit-"));
  checkpoints = path.join(folder, "deeper", "checkpoints.jsonl");
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

type Run = { code: number; out: string; error: string };

function run(parameters: readonly string[], settings: Record<string, string> = {}): Promise<Run> {
  const env = {
    ...process.env,
    DATABASE_URL: database.databaseUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    TESSERA_PAYMENTS: "demo",
    TESSERA_SMTP_URL: "smtps://mail.example.org",
    TESSERA_MAIL_FROM: "tickets@example.org",
    TESSERA_DATA_DIR: folder,
    TESSERA_AUDIT_KEY: seed.toString("base64"),
    TESSERA_AUDIT_CHECKPOINTS: checkpoints,
    ...settings,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...parameters], { env }, (failure, out, error) => {
      resolve({ code: typeof failure?.code === "number" ? failure.code : 0, out, error });
    });
  });
}

/** Entries that a running server has chained and written down. */
async function witnessed(count: number, { db, ownerDb }: TestDatabase = database): Promise<void> {
  const { ctx } = testContext({ db, now: new Date() });
  const store = checkpointFile(checkpoints);
  const job = startAuditJobs(ctx, { key: checkpointKey(seed), store }, pino({ level: "silent" }));
  for (let written = 0; written < count; written += 1) await writeAuditEntry(ctx.db, ctx, { action: "sign_out" });
  const waiting = () => ownerDb.selectFrom("audit_unsealed").select("entry_id").execute();
  await vi.waitFor(async () => expect(await waiting()).toEqual([]));
  await job.stop();
}

test("a running server chains what is written, and the command finds nothing wrong", async () => {
  await witnessed(3);
  expect(await run(["verify"])).toEqual({
    code: 0,
    // One at the end, and one at the start if something was chained by then.
    out: expect.stringMatching(
      /^3 entries checked, 0 not chained yet, [12] checkpoints\.\nThe audit log is as it was written\.\n$/,
    ) as string,
    error: "",
  });
});

test("the command names the first bad entry, and says so by its status", async () => {
  await witnessed(3);
  // The witness of a longer life of the log.
  const other = await createTestDatabase();
  await witnessed(5, other);
  await other.drop();
  const found = await run(["verify"]);
  expect(found.code).toBe(1);
  expect(found.out).toContain("NOT GOOD: the end was cut off: 2 entries from 4 on are missing.");
});

test("a line that a crash has torn is told, and spoils neither the one before nor the one after", async () => {
  await witnessed(2);
  const before = await readFile(checkpoints, "utf8");
  await writeFile(checkpoints, `${before}${before.trim().slice(0, 40)}`);
  await witnessed(1);
  const read = await readCheckpoints(checkpoints);
  expect(new Set(read.checkpoints.map(({ position }) => position))).toEqual(new Set([2, 3]));
  expect(read.torn).toHaveLength(1);
  const verified = await run(["verify"]);
  expect(verified.code).toBe(0);
  expect(verified.out).toContain(`no checkpoint on line ${read.torn[0]}`);
});

test("whoever spoils the last line to cut off the end is told", async () => {
  await witnessed(2);
  await writeFile(checkpoints, `${await readFile(checkpoints, "utf8")}{"position":`);
  const verified = await run(["verify"]);
  expect(verified.code).toBe(1);
  expect(verified.out).toContain("is no checkpoint");
});

test("a checkpoint of a former key is one, if the key is given", async () => {
  await witnessed(1);
  const oldKey = path.join(folder, "old.key");
  await writeFile(oldKey, seed.toString("base64"));
  const settings = { TESSERA_AUDIT_KEY: randomBytes(32).toString("base64") };
  expect((await run(["verify", "--old-key", oldKey], settings)).code).toBe(0);
});

test("a checkpoint of somebody else's key is no witness", async () => {
  await witnessed(1);
  const verified = await run(["verify"], { TESSERA_AUDIT_KEY: randomBytes(32).toString("base64") });
  expect(verified.code).toBe(1);
  expect(verified.out).toContain("checkpoint 1 is not signed by our key");
});

test("without a key it says which setting is missing, and wrong words how to ask", async () => {
  const missing = await run(["verify"], { TESSERA_AUDIT_KEY: "" });
  expect(missing.code).toBe(78);
  expect(missing.error).toContain("TESSERA_AUDIT_KEY is missing");
  const wrong = await run(["check"]);
  expect(wrong.code).toBe(64);
  expect(wrong.error).toContain("Usage: pnpm audit-log verify");
});
