import type { CoreContext } from "@tessera/core";
import type { Config } from "../config.ts";
import { type DemoAccount, seedDemoAccounts } from "./accounts.ts";

/** Fills an empty database with what the demo needs, and gives its accounts. Safe to run again, and twice at once. */
export async function seedDemo(
  core: CoreContext,
  { dataDir }: Pick<Config, "dataDir">,
  say: (sentence: string) => void,
): Promise<DemoAccount[]> {
  say("Preparing the demo …");
  return seedDemoAccounts(core, dataDir);
}
