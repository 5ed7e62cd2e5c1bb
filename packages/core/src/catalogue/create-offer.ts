import type { createOfferInput, Given } from "@tessera/contracts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { raiseCatalogueVersion } from "./catalogue.queries.ts";
import { type AdminOfferFacts, readAdminOffer } from "./list-offers.ts";
import { countCompetitionSessions, insertOffer } from "./offers.queries.ts";

/**
 * Makes a draft in one seat pool, or a package over several; nobody sees it before it is published. Throws `not_found`
 * for an unknown pool, and `conflict` for two pools of one competition session: a package lets each person into each of
 * its competition sessions once.
 */
export async function createOffer(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  actor: Actor,
  input: Given<typeof createOfferInput>,
): Promise<AdminOfferFacts> {
  return ctx.db.transaction().execute(async (trx) => {
    const { pools, competitionSessions } = await countCompetitionSessions(trx, input.seatPoolIds);
    if (pools < input.seatPoolIds.length) throw new CodedError("not_found");
    if (competitionSessions < pools) throw new CodedError("conflict", { reason: "same_competition_session" });
    const id = newId(ctx);
    await insertOffer(trx, { ...input, id, createdAt: ctx.clock() });
    await writeAuditEntry(trx, ctx, { action: "offer.created", actorId: actor.accountId, subjectId: id });
    await raiseCatalogueVersion(trx);
    return readAdminOffer(trx, id);
  });
}
