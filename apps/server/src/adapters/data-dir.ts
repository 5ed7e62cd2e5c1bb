import { DatabaseSetupError } from "@tessera/db";
import { makeDataDir } from "@tessera/db/embedded";
import { SetupError } from "../setup-error.ts";

/**
 * Makes the data folder for what is written there before, or without, the embedded PostgreSQL.
 *
 * @throws SetupError naming the folder and its setting
 */
export async function ensureDataDir(dataDir: string): Promise<void> {
  try {
    await makeDataDir(dataDir);
  } catch (error) {
    if (error instanceof DatabaseSetupError) throw new SetupError(error.message, { cause: error });
    throw error;
  }
}
