import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { rootFolder, serverEnvironment } from "./start-server.ts";

/**
 * Runs one of the commands, such as `keys`, beside a server with its own database and KEKs.
 *
 * @returns all that it said
 */
export async function runCommand(dataDir: string, name: string, ...options: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [`apps/server/src/commands/${name}.ts`, ...options],
    { cwd: rootFolder, env: serverEnvironment(dataDir) },
  );
  return stdout + stderr;
}
