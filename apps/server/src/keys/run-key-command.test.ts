import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createKeyring, ensureOrganiserKeys, kekKinds } from "@tessera/core";
import { testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { loadKeks } from "../adapters/kek-files.ts";
import type { Config } from "../config.ts";
import type { Job } from "../jobs/every.ts";
import { agreeOnKeks, startKekJob } from "../jobs/keks.ts";
import { readKeyArguments } from "./key-arguments.ts";
import { runKeyCommand } from "./run-key-command.ts";

let database: TestDatabase;
let dataDir: string;
let running: Job | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "tessera-keys-"));
  await loadKeks({ dataDir, given: {}, createMissing: true });
});
afterEach(async () => {
  vi.useRealTimers();
  await running?.stop();
  running = undefined;
  await database.drop();
  await rm(dataDir, { recursive: true });
});

type Keks = Config["keks"];

/** What a command line says, as on a pipe. */
async function run(line: string, keks: Keks = {}) {
  const [out, errors]: string[][] = [[], []];
  const command = readKeyArguments(line.split(" "));
  if ("usage" in command) throw new Error("no command");
  const code = await runKeyCommand(
    {
      db: database.ownerDb,
      clock: () => new Date(),
      random: randomBytes,
      config: { dataDir, keks, demo: false },
      terminal: false,
      say: (sentence) => out?.push(sentence),
      complain: (sentence) => errors?.push(sentence),
      signal: new AbortController().signal,
    },
    command,
  );
  return { code, out: out?.join("\n") ?? "", error: errors?.join("\n") ?? "" };
}

/** What a server does with keys at its start. */
async function server() {
  const keks = await loadKeks({ dataDir, given: {}, createMissing: false });
  const ctx = { ...testContext({ db: database.db, now: new Date() }).ctx, keyring: createKeyring(keks) };
  await agreeOnKeks(ctx, keks);
  await ensureOrganiserKeys(ctx);
  return { keks, ctx };
}

/** A line of the list, by its cells. */
async function listed(name: string): Promise<string[] | undefined> {
  const { out } = await run("list");
  const line = out.split("\n").find((text) => text.startsWith(`${name} `));
  return line?.slice(name.length).trim().split(/ {2,}/);
}

test("rotates an issuer key as an operator would, and shows no key", async () => {
  const { keks } = await server();
  expect((await run("rotate issuer")).error).toContain("pnpm keys create issuer");
  expect(await run("create issuer")).toMatchObject({ code: 0, error: "" });
  expect((await run("rotate issuer --keep-old 30d")).error).toMatch(/before \d{4}-.* UTC.*--now/);
  const rotated = await run("rotate issuer --keep-old 2099-12-31 --now");
  expect(rotated).toMatchObject({ code: 0, error: "" });
  expect(rotated.out).toContain("issuer 1 goes on verifying until 2100-01-01 00:00 UTC.");
  expect(await listed("issuer 1")).toEqual(["retired", "0 min", "2100-01-01 00:00 UTC"]);
  expect(await listed("issuer 2")).toEqual(["active", "0 min", "0 min"]);
  const compromised = await run("compromise issuer 2");
  expect(compromised.out).toContain("issuer 3 is active in its place.");
  expect(await listed("issuer 2")).toEqual(["compromised", "0 min", "listed passes only"]);
  expect(await run("compromise issuer 9")).toEqual({ code: 1, out: "", error: "There is no issuer 9." });

  const shown = [rotated, compromised, await run("list")].map(({ out }) => out).join("");
  for (const { key } of keks.held()) {
    for (const encoding of ["hex", "base64"] as const) expect(shown).not.toContain(key.toString(encoding));
  }
});

describe("a new key-encryption key", () => {
  test("from a file: a running server takes it in, seals with it, and the old one goes when nothing needs it", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { ctx, keks } = await server();
    running = startKekJob(ctx, keks, pino({ level: "silent" }));
    const onServer = (name: string) => expect.poll(async () => (await listed(name))?.at(-1), { interval: 0 });
    await onServer("kek issuer 1").toBe("1 hold it, 1 seal with it");

    const made = await run("create kek issuer");
    expect(made).toMatchObject({ code: 0, error: "" });
    expect(made.out).toContain(path.join(dataDir, "keks", "issuer-2.key"));
    expect((await run("rotate kek issuer")).error).toContain("not everywhere yet: 1 running server, 1 without it.");
    await vi.advanceTimersByTimeAsync(10_000);
    await onServer("kek issuer 2").toBe("1 hold it");
    expect(await run("rotate kek issuer")).toMatchObject({ code: 0, error: "" });
    expect((await run("retire kek issuer 1")).error).toContain("still seals on 1 running server");
    await vi.advanceTimersByTimeAsync(10_000);
    await onServer("kek issuer 2").toBe("1 hold it, 1 seal with it");
    expect((await run("retire kek issuer 1")).error).toContain("still seals 1 values");
    vi.useRealTimers();

    const resealed = await run("reseal issuer");
    expect(resealed).toMatchObject({ code: 0, error: "" });
    expect(resealed.out).toContain("issuer: 1 sealed anew under issuer-2, 0 left under others.");
    expect(resealed.out).toContain("pnpm keys retire kek issuer 1");
    expect(await run("retire kek issuer 1")).toMatchObject({ code: 0, error: "" });
    await running.stop();
    running = undefined;
    // It has said that it ends, and so nobody waits for it.
    expect((await run("list")).out).toContain("on 0 running servers");

    await rm(path.join(dataDir, "keks", "issuer-1.key"));
    await server();
    expect(await listed("kek issuer 2")).toEqual(["active", "0 min", "1"]);
  });

  test("from the environment: it is shown once, and only where it was asked for", async () => {
    const given: Keks = Object.fromEntries(kekKinds.map((kind) => [kind, [{ id: 1, key: randomBytes(32) }]]));
    const hidden = await run("create kek totp", given);
    expect(hidden).toMatchObject({ code: 1, out: "", error: expect.stringContaining("--print") as string });
    const printed = await run("create kek totp --print", given);
    expect(printed.out).toContain("TESSERA_KEK_TOTP");
    const [, encoded = ""] = /^ {2}2:([A-Za-z0-9+/]{43}=)$/m.exec(printed.out) ?? [];
    expect((await run("rotate kek totp", given)).error).toContain("is not here");
    const both = { ...given, totp: [...(given.totp ?? []), { id: 2, key: Buffer.from(encoded, "base64") }] };
    expect(await run("rotate kek totp", both)).toMatchObject({ code: 0, error: "" });
  });

  test("by the number of another one is refused, at the start and by the command", async () => {
    await server();
    await writeFile(path.join(dataDir, "keks", "totp-1.key"), randomBytes(32).toString("base64"));
    await expect(server()).rejects.toThrow(/totp-1 is another one than/);
    await expect(run("reseal totp")).rejects.toThrow(/totp-1 is another one than/);
  });

  test("that is not here stops a start by its name, and the command only warns", async () => {
    await server();
    await run("create kek mail");
    expect(await run("rotate kek mail")).toMatchObject({ code: 0, error: "" });
    const file = path.join(dataDir, "keks", "mail-2.key");
    const kept = await readFile(file, "utf8");
    await rm(file);
    await expect(server()).rejects.toThrow(/mail-2 is not here/);
    expect(await run("create kek totp")).toMatchObject({ code: 0, error: expect.stringContaining("mail-2") as string });
    await writeFile(file, kept);
    await server();
  });
});

test("seals all kinds anew, and has nothing to do the second time", async () => {
  await server();
  for (const kind of ["issuer", "list", "token"]) {
    await run(`create kek ${kind}`);
    expect(await run(`rotate kek ${kind}`)).toMatchObject({ code: 0 });
  }
  const first = await run("reseal");
  expect(first).toMatchObject({ code: 0, error: "" });
  for (const kind of ["issuer", "list", "token"]) expect(first.out).toContain(`${kind}: 1 sealed anew under ${kind}-2`);
  const second = await run("reseal");
  for (const kind of ["issuer", "list", "token"]) {
    expect(second.out).toContain(`${kind}: everything is sealed under ${kind}-2.`);
  }
});
