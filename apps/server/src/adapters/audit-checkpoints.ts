import { randomBytes, type KeyObject } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { type Checkpoint, checkpointKey, type CheckpointStore } from "@tessera/core";
import { z } from "zod";
import { type Config, ConfigError } from "../config.ts";
import { ensureDataDir } from "./data-dir.ts";
import { readIfThere, writeSecretOnce } from "./secret-file.ts";

const seedBytes = 32;

/**
 * The key that signs checkpoints: of the environment, else of `<dataDir>/audit-checkpoint.key`.
 *
 * @param options.createMissing makes that file (demo mode)
 * @throws ConfigError when there is none
 */
export async function loadCheckpointKey(
  { dataDir, audit }: Pick<Config, "dataDir" | "audit">,
  options: { createMissing: boolean },
): Promise<KeyObject> {
  if (audit.key !== undefined) return checkpointKey(audit.key);
  if (options.createMissing) await ensureDataDir(dataDir);
  const file = path.join(dataDir, "audit-checkpoint.key");
  const text = options.createMissing
    ? await writeSecretOnce(file, `${randomBytes(seedBytes).toString("base64")}\n`)
    : await readIfThere(file);
  if (text === undefined) {
    throw new ConfigError([`TESSERA_AUDIT_KEY is missing: set it to 32 bytes as base64, or put them into ${file}`]);
  }
  return keyOf(file, text);
}

/**
 * The key in a file.
 *
 * @throws ConfigError when there is none
 */
export async function readCheckpointKey(file: string): Promise<KeyObject> {
  return keyOf(file, (await readIfThere(file)) ?? "");
}

function keyOf(file: string, text: string): KeyObject {
  const seed = Buffer.from(text, "base64");
  if (seed.length !== seedBytes) throw new ConfigError([`${file} must hold 32 bytes as base64`]);
  return checkpointKey(seed);
}

/** A file of checkpoints, one as JSON on each line, that is only ever appended to. */
export function checkpointFile(file: string): CheckpointStore {
  return {
    async append(checkpoint) {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const handle = await open(file, "a", 0o600);
      try {
        // A line that a crash has torn ends here, so that it does not spoil the next one.
        await handle.appendFile(`\n${JSON.stringify(checkpoint)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}

const checkpointLine = z.object({
  position: z.int().min(1),
  chainHash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  signature: z.string(),
});

export type ReadCheckpoints = {
  checkpoints: Checkpoint[];
  /** The numbers of the lines that are none: torn by a crash, or by somebody. */
  torn: number[];
  /** Whether the last line is one of those: what came last is then not known. */
  endIsTorn: boolean;
};

/** The checkpoints of a file. */
export async function readCheckpoints(file: string): Promise<ReadCheckpoints> {
  const lines = ((await readIfThere(file)) ?? "").trimEnd().split("\n");
  const checkpoints: Checkpoint[] = [];
  const torn: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const read = checkpointLine.safeParse(parse(line));
    if (read.success) checkpoints.push(read.data);
    else torn.push(index + 1);
  }
  return { checkpoints, torn, endIsTorn: torn.at(-1) === lines.length };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
