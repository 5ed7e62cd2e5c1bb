import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type KekKind, kekKinds, type KekSource } from "@tessera/core";
import { ConfigError, type Kek, kekVariableOf } from "../config.ts";
import { ensureDataDir } from "./data-dir.ts";
import { writeSecretOnce } from "./secret-file.ts";

/**
 * The KEKs of each kind: those of the environment, else the files `<dataDir>/keks/<kind>-<id>.key` (32 bytes as base64).
 * The first of the environment seals, or the file with the highest id; the others only open what they have sealed.
 *
 * @param options.createMissing makes a first file for a kind that has none (demo mode)
 * @throws ConfigError naming the variables and files of the kinds that have none
 */
export async function loadKeks(options: {
  dataDir: string;
  given: Partial<Record<KekKind, Kek[]>>;
  createMissing: boolean;
}): Promise<KekSource> {
  if (options.createMissing) await ensureDataDir(options.dataDir);
  const folder = path.join(options.dataDir, "keks");
  const files = await readKekFiles(folder);
  const keks = new Map<KekKind, Kek[]>();
  for (const kind of kekKinds) {
    const found = options.given[kind] ?? files.get(kind) ?? [];
    keks.set(kind, found.length === 0 && options.createMissing ? [await createKekFile(folder, kind)] : found);
  }

  const missing = kekKinds.filter((kind) => keks.get(kind)?.length === 0);
  if (missing.length > 0) {
    throw new ConfigError(
      missing.map(
        (kind) =>
          `${kekVariableOf(kind)} is missing: set it to 1:<32 bytes as base64>, or put a file ${kind}-1.key into ${folder}`,
      ),
    );
  }
  return {
    active: (kind) => activeOf(kind, keks),
    byId: (kind, id) => keks.get(kind)?.find((kek) => kek.id === id)?.key,
  };
}

function activeOf(kind: KekKind, keks: ReadonlyMap<KekKind, Kek[]>): Kek {
  const [active] = keks.get(kind) ?? [];
  if (active === undefined) throw new Error(`no KEK of kind ${kind}`);
  return active;
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

async function createKekFile(folder: string, kind: KekKind): Promise<Kek> {
  const file = path.join(folder, `${kind}-1.key`);
  return { id: 1, key: parseKey(file, await writeSecretOnce(file, `${randomBytes(32).toString("base64")}\n`)) };
}

function parseKey(file: string, text: string): Buffer {
  const key = Buffer.from(text, "base64");
  if (key.length !== 32) throw new ConfigError([`${file} must hold 32 bytes as base64`]);
  return key;
}
