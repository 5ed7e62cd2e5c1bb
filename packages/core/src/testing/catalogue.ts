import type { Category, OfferKind } from "@tessera/contracts";
import { importProgramme } from "../catalogue/import-programme.ts";
import { gatherProgramme, type ProgrammeFileRow } from "../catalogue/programme-file.ts";
import { readCompetitionSession } from "../catalogue/read-programme.ts";
import type { CoreContext } from "../context.ts";
import { programmeRow } from "./programme-rows.ts";

/** Imports a programme of rows that are right, each with what the test wants otherwise; also where that moves what is sold. */
export async function stockProgramme(ctx: CoreContext, rows: readonly Partial<ProgrammeFileRow>[]): Promise<void> {
  const gathered = gatherProgramme(rows.map((row, index) => programmeRow({ line: index + 2, ...row })));
  if (gathered.errors.length > 0) throw new Error(JSON.stringify(gathered.errors));
  const outcome = await importProgramme(ctx, {
    games: { id: ctx.policy.gamesId, nameFr: "Jeux d’essai", nameEn: "Test Games" },
    timeZone: "America/Los_Angeles",
    programme: gathered.programme,
    past: true,
    moveSold: true,
  });
  if (outcome.outcome !== "imported") throw new Error(JSON.stringify(outcome));
}

/** An offer as the shop shows it, ready to be put in a basket. */
export async function offerIn(
  ctx: CoreContext,
  wanted: { code?: string; category?: Category; kind?: OfferKind },
): Promise<{ offerId: string; unitPriceCents: number; competitionSessionId: string }> {
  const { code = "ATH01", category = "A", kind = "solo" } = wanted;
  const detail = await readCompetitionSession(ctx, { code });
  const offers = detail.categories.find((one) => one.category === category)?.offers;
  const offer = offers?.find((one) => one.kind === kind);
  if (offer === undefined) throw new Error(`no ${kind} offer in category ${category} of ${code}`);
  return { offerId: offer.id, unitPriceCents: offer.priceCents, competitionSessionId: detail.competitionSession.id };
}
