import { setTimeout } from "node:timers/promises";
import type { CoreContext } from "@tessera/core";
import type { Config } from "../config.ts";
import { type DemoAccount, seedDemoAccounts } from "./accounts.ts";

/**
 * Gives an empty database the demo's programme, and any the demo's accounts. A programme that somebody has imported
 * stays as it is. Safe to run again, and twice at once.
 */
export async function seedDemo(
  core: CoreContext,
  { dataDir }: Pick<Config, "dataDir">,
  say: (sentence: string) => void,
): Promise<DemoAccount[]> {
  const { competitionSessions } = await core.catalogue.read();
  if (competitionSessions.length === 0) {
    say("Importing the demo programme …");
    const { importDemoProgramme } = await import("../programme/import-demo-programme.ts");
    await importDemoProgramme(core);
    // What was read a moment ago is still served from memory: nobody should find the shop empty.
    while ((await core.catalogue.read()).competitionSessions.length === 0) await setTimeout(50);
  }
  return seedDemoAccounts(core, dataDir);
}
