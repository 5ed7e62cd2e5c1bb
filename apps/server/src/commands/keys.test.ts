import { type ChildProcess, execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createKek, createKeyring, listKeys, rotateKek, syncKeks } from "@tessera/core";
import { waitingForLocks, withUpdateHeld } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepKekFile, loadKeks } from "../adapters/kek-files.ts";

const command = fileURLToPath(new URL("keys.ts", import.meta.url));

let database: TestDatabase;
let dataDir: string;

beforeEach(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "tessera-keys-"));
});
afterEach(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});

type Run = { code: number | string; out: string; error: string };

function start(...parameters: readonly string[]) {
  const env = {
    ...process.env,
    DATABASE_URL: database.databaseUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    TESSERA_DEMO: "on",
    TESSERA_DATA_DIR: dataDir,
  };
  let child: ChildProcess | undefined;
  const done = new Promise<Run>((resolve) => {
    child = execFile(process.execPath, [command, ...parameters], { env }, (failure, out, error) => {
      resolve({ code: failure?.signal ?? failure?.code ?? 0, out, error });
    });
  });
  if (child === undefined) throw new Error("not started");
  return { child, done };
}

const run = (...parameters: readonly string[]): Promise<Run> => start(...parameters).done;

test("sealing anew that was killed in the middle goes on from there", async () => {
  const keks = await loadKeks({ dataDir, given: {}, createMissing: true });
  const parts = { db: database.ownerDb, clock: () => new Date(), random: randomBytes };
  expect(await syncKeks(parts, keks)).toEqual([]);
  const ids = Array.from({ length: 1000 }, () => randomUUID()).toSorted();
  const keyring = createKeyring(keks);
  const sealedOf = (rowId: string) =>
    keyring.seal("account", randomBytes(32), { table: "account", column: "sealed_account_key", rowId, epoch: 0 });
  const rows = ids.map((id) => ({ id, email: `${id}@example.test`, sealed_account_key: sealedOf(id) }));
  const other = { display_name: "Camille Test", locale: "fr", role: "visitor", created_at: new Date() };
  await database.ownerDb
    .insertInto("account")
    .values(rows.map((row) => ({ ...row, ...other })))
    .execute();
  await createKek(parts, { kind: "account", keks, keep: async (kek) => void (await keepKekFile(dataDir, kek)) });
  await syncKeks(parts, keks);
  expect(await rotateKek(parts, { kind: "account", id: 2, keks, force: false })).toMatchObject({ outcome: "rotated" });

  // The third batch of 200 does not get through.
  await withUpdateHeld(database.ownerDb, ids[500] ?? "", async () => {
    const { child, done } = start("reseal", "account");
    await expect.poll(() => waitingForLocks(database.ownerDb), { timeout: 60_000 }).toBe(1);
    child.kill("SIGKILL");
    expect(await done).toMatchObject({ code: "SIGKILL" });
  });
  const valuesOf = async (id: number) =>
    (await listKeys({ db: database.ownerDb })).keks.find((kek) => kek.kind === "account" && kek.id === id)?.values;
  expect([await valuesOf(1), await valuesOf(2)]).toEqual([600, 400]);

  const second = await run("reseal", "account");
  expect(second).toMatchObject({ code: 0, error: "" });
  expect(second.out).toContain("account: 600 sealed anew under account-2, 0 left under others.");
  expect(second.out).toContain("account: 400 of 600 sealed anew");
  expect([await valuesOf(1), await valuesOf(2)]).toEqual([0, 1000]);
  // Two processes start for it, and a busy machine takes its time over each.
}, 90_000);

test("explains itself when it is called wrongly", async () => {
  expect(await run("rotate")).toMatchObject({ code: 64, error: expect.stringContaining("Usage: pnpm keys") as string });
  expect(await run("--help")).toMatchObject({ code: 0, out: expect.stringContaining("reseal [KIND]") as string });
});
