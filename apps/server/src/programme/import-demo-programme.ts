import { type CoreContext, importProgramme } from "@tessera/core";
import { demoProgrammeFile } from "../paths.ts";
import { readProgrammeFile } from "./read-programme-file.ts";

const timeZone = "America/Los_Angeles";

/** Imports the demo programme that comes with the project, in any year. Run again, it changes nothing. */
export async function importDemoProgramme(
  core: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
): Promise<void> {
  const { programme, errors } = await readProgrammeFile(demoProgrammeFile, { timeZone });
  if (errors.length > 0) throw new Error(`The demo programme has ${errors.length} errors`);
  const games = { id: core.policy.gamesId, nameFr: "Les Jeux d’été, 2028", nameEn: "The Summer Games, 2028" };
  const { outcome } = await importProgramme(core, { games, timeZone, programme, past: true });
  if (outcome !== "imported") throw new Error(`The demo programme could not be imported: ${outcome}`);
}
