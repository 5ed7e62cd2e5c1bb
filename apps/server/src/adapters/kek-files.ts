import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createNodeKeks, type HeldKek, type KekKind, kekKinds, type NodeKeks } from "@tessera/core";
import { ConfigError, type Kek, kekVariableOf } from "../config.ts";
import { ensureDataDir } from "./data-dir.ts";
import { writeSecretOnce } from "./secret-file.ts";

type Source = { dataDir: string; given: Partial<Record<KekKind, Kek[]>> };

/**
 * The KEKs of each kind: those of the environment, else the files `<dataDir>/keks/<kind>-<id>.key` (32 bytes as base64).
 * Which of them seals is in the database; before it knows any, the first of the environment does, or the file with the
 * highest id. Files that come later are found when the server looks again.
 *
 * @param options.createMissing makes a first file for a kind that has none (demo mode)
 * @throws ConfigError naming the variables and files of the kinds that have none
 */
export async function loadKeks(options: Source & { createMissing: boolean }): Promise<NodeKeks> {
  const { dataDir } = options;
  const find = (): Promise<HeldKek[]> => findKeks(options);
  const found = new Set((await find()).map(({ kind }) => kind));
  const missing = kekKinds.filter((kind) => !found.has(kind));
  if (missing.length > 0 && !options.createMissing) {
    throw new ConfigError(
      missing.map(
        (kind) =>
          `${kekVariableOf(kind)} is missing: set it to 1:<32 bytes as base64>, or put a file ${kind}-1.key into ` +
          folderOf(dataDir),
      ),
    );
  }
  if (missing.length > 0) await ensureDataDir(dataDir);
  for (const kind of missing) await keepKekFile(dataDir, { kind, id: 1, key: randomBytes(32) });
  return createNodeKeks(find);
}

/**
 * Writes the file of a KEK, for its owner's eyes only, unless there is one of its name.
 *
 * @returns the file's path
 */
export async function keepKekFile(dataDir: string, { kind, id, key }: HeldKek): Promise<string> {
  const file = path.join(folderOf(dataDir), `${kind}-${id}.key`);
  await writeSecretOnce(file, `${key.toString("base64")}\n`);
  return file;
}

const folderOf = (dataDir: string): string => path.join(dataDir, "keks");

async function findKeks({ dataDir, given }: Source): Promise<HeldKek[]> {
  const files = await readKekFiles(folderOf(dataDir));
  return kekKinds.flatMap((kind) => (given[kind] ?? files.get(kind) ?? []).map((kek) => ({ kind, ...kek })));
}

const fileName = new RegExp(`^(${kekKinds.join("|")})-([1-9]\\d{0,4})\\.key$`);

async function readKekFiles(folder: string): Promise<Map<KekKind, Kek[]>> {
  const found = new Map<KekKind, Kek[]>();
  for (const name of await namesIn(folder)) {
    const [, text, id] = fileName.exec(name) ?? [];
    const kind = kekKinds.find((known) => known === text);
    if (kind === undefined) continue;
    const file = path.join(folder, name);
    const kek = { id: Number(id), key: parseKey(file, await readFile(file, "utf8")) };
    found.set(kind, [...(found.get(kind) ?? []), kek]);
  }
  for (const keks of found.values()) keks.sort((one, other) => other.id - one.id);
  return found;
}

async function namesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : [];
}

function parseKey(file: string, text: string): Buffer {
  const key = Buffer.from(text, "base64");
  if (key.length !== 32) throw new ConfigError([`${file} must hold 32 bytes as base64`]);
  return key;
}
