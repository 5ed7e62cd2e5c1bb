import type { AuditAction, OfferState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { changesOf } from "../audit/changes-of.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { raiseCatalogueVersion } from "./catalogue.queries.ts";
import { type AdminOfferFacts, readAdminOffer } from "./list-offers.ts";
import { lockOffer } from "./offers.queries.ts";
import { toOfferState } from "./rows.ts";

/**
 * Every change of an offer goes through here: one transaction that locks it, compares versions, changes it, writes down
 * who did it and which terms became what, and lets every node read the catalogue anew. Of two admins who saw the same version, one changes it; the other gets `conflict` with the
 * version that there is now (`version`). Throws `not_found`.
 */
export async function changeOffer(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  actor: Actor,
  { offerId, version, action }: { offerId: string; version: number; action: AuditAction },
  change: (trx: Transaction<Database>, state: OfferState) => Promise<void>,
): Promise<AdminOfferFacts> {
  return ctx.db.transaction().execute(async (trx) => {
    const offer = await lock(trx, offerId);
    if (offer.version !== version) throw new CodedError("conflict", { version: offer.version });
    await change(trx, toOfferState(offer.state));
    const { state: _before, version: _seen, ...terms } = offer;
    await writeAuditEntry(trx, ctx, {
      action,
      actorId: actor.accountId,
      subjectId: offerId,
      details: { version: version + 1, ...changesOf(terms, await lock(trx, offerId)) },
    });
    await raiseCatalogueVersion(trx);
    return readAdminOffer(trx, offerId);
  });
}

async function lock(trx: Transaction<Database>, offerId: string) {
  const offer = await lockOffer(trx, offerId);
  if (offer === undefined) throw new CodedError("not_found");
  return offer;
}
