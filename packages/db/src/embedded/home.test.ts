import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DatabaseSetupError } from "../setup-error.ts";
import { findBinaries } from "./binaries.ts";
import { prepareHome } from "./home.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tessera-home-"));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

const prepare = (dataDir: string) => prepareHome({ dataDir, binaries: findBinaries(), log: () => undefined });

async function refusal(dataDir: string): Promise<string> {
  const error = await prepare(dataDir).catch((reason: unknown) => reason);
  if (!(error instanceof DatabaseSetupError)) throw new Error("not refused as it should be", { cause: error });
  expect(error.code).toBe("data_dir_unusable");
  expect(error.message).toContain(`The data folder ${dataDir} cannot be used: `);
  expect(error.message).toContain("Set TESSERA_DATA_DIR to a folder");
  return error.message;
}

test("a file where the data folder or one above it should be is named with the setting", async () => {
  const file = path.join(folder, "file");
  await writeFile(file, "");
  for (const dataDir of [file, path.join(file, "x"), path.join(file, "x", "y")]) {
    expect(await refusal(dataDir)).toContain(`${file} is not a folder`);
  }
});

test.runIf(process.platform === "linux")("where nothing can be made it gives up at once", async () => {
  expect(await refusal("/proc/nope")).toContain("mkdir");
  expect(await refusal("/proc/nope/deeper")).toContain("mkdir");
});

test.runIf(process.getuid?.() !== 0)(
  "a folder that may not be written to is refused before PostgreSQL is",
  async () => {
    await chmod(folder, 0o555);
    expect(await refusal(folder)).toContain("EACCES");
    expect(await refusal(path.join(folder, "data"))).toContain("EACCES");
  },
);

test("makes all folders above it, open to PostgreSQL's user whatever the umask", async () => {
  const before = process.umask(0o077);
  try {
    const dataDir = path.join(folder, "one", "two");
    await Promise.all([prepare(dataDir), prepare(dataDir)]);
    const modes = await Promise.all(
      [path.dirname(dataDir), dataDir].map(async (made) => (await stat(made)).mode & 0o777),
    );
    expect(modes).toEqual([0o755, 0o755]);
  } finally {
    process.umask(before);
  }
});
