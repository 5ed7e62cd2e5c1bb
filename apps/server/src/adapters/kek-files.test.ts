import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { kekKinds } from "@tessera/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keepKekFile, loadKeks } from "./kek-files.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "tessera-keks-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

it("makes one KEK of each kind at the first start, for its owner's eyes only, and finds it again", async () => {
  const first = await loadKeks({ dataDir, given: {}, createMissing: true });
  const again = await loadKeks({ dataDir, given: {}, createMissing: false });
  const keys = kekKinds.map((kind) => first.active(kind).key.toString("hex"));
  expect(new Set(keys).size).toBe(kekKinds.length);
  expect(kekKinds.map((kind) => again.active(kind).key.toString("hex"))).toEqual(keys);
  for (const name of await readdir(path.join(dataDir, "keks"))) {
    const { mode } = await stat(path.join(dataDir, "keks", name));
    expect(mode & 0o777).toBe(0o600);
  }
});

it("gives two first starts at once the same KEKs", async () => {
  const sources = await Promise.all(
    Array.from({ length: 5 }, () => loadKeks({ dataDir, given: {}, createMissing: true })),
  );
  const keys = sources.map((source) => source.active("account").key.toString("hex"));
  expect(new Set(keys).size).toBe(1);
});

it("seals with the newest file and still opens with the older", async () => {
  const first = await loadKeks({ dataDir, given: {}, createMissing: true });
  const newer = Buffer.alloc(32, 7);
  await writeFile(path.join(dataDir, "keks", "totp-12.key"), newer.toString("base64"));
  const keks = await loadKeks({ dataDir, given: {}, createMissing: false });
  expect(keks.active("totp")).toEqual({ id: 12, key: newer });
  expect(keks.byId("totp", 1)).toEqual(first.active("totp").key);
  expect(keks.byId("totp", 2)).toBeUndefined();
});

it("finds a file that comes while it runs, and keeps what it has", async () => {
  const keks = await loadKeks({ dataDir, given: {}, createMissing: true });
  const key = Buffer.alloc(32, 9);
  await keepKekFile(dataDir, { kind: "mail", id: 2, key });
  const found = (await keks.find()).filter(({ kind }) => kind === "mail");
  expect(found.map(({ id }) => id)).toEqual([2, 1]);
  expect(found[0]?.key).toEqual(key);
  expect(keks.byId("mail", 2)).toBeUndefined();
  const { mode } = await stat(path.join(dataDir, "keks", "mail-2.key"));
  expect(mode & 0o777).toBe(0o600);
});

it("takes the environment's before the files", async () => {
  await loadKeks({ dataDir, given: {}, createMissing: true });
  const given = { list: [{ id: 3, key: Buffer.alloc(32, 3) }] };
  const keks = await loadKeks({ dataDir, given, createMissing: false });
  expect(keks.active("list").id).toBe(3);
  expect(keks.byId("list", 1)).toBeUndefined();
});

it("names the variables of what is missing when it may make none", async () => {
  const given = { account: [{ id: 1, key: Buffer.alloc(32) }] };
  const refused = loadKeks({ dataDir, given, createMissing: false });
  await expect(refused).rejects.toThrow(/TESSERA_KEK_PURCHASE[^]*TESSERA_KEK_TOKEN/);
  await expect(refused).rejects.not.toThrow(/TESSERA_KEK_ACCOUNT/);
});

it("names a file that is no key", async () => {
  await loadKeks({ dataDir, given: {}, createMissing: true });
  await writeFile(path.join(dataDir, "keks", "issuer-2.key"), "short");
  await expect(loadKeks({ dataDir, given: {}, createMissing: true })).rejects.toThrow(
    /issuer-2\.key must hold 32 bytes/,
  );
});
