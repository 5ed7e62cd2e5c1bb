import type { CoreContext } from "../context.ts";
import { type AuditSeal, findChainHead, insertSeals, listUnsealed, lockChain } from "./audit.queries.ts";
import { chainHash, chainStart } from "./chain.ts";

const batchSize = 1000;

/**
 * Chains every committed entry that is not chained yet, in batches of one transaction each. Entries are written by
 * whoever acts and chained by this alone, so that nobody waits for the chain. Right when run twice or by several nodes at
 * once: one does it, and the others have nothing to do. Gives how many were chained.
 */
export async function sealAuditEntries({ db }: Pick<CoreContext, "db">, signal?: AbortSignal): Promise<number> {
  for (let sealed = 0; ;) {
    const count = await sealBatch(db);
    sealed += count;
    if (count < batchSize || signal?.aborted === true) return sealed;
  }
}

function sealBatch(db: CoreContext["db"]): Promise<number> {
  return db.transaction().execute(async (trx) => {
    if (!(await lockChain(trx))) return 0;
    // Only now: what another sealer has chained meanwhile is seen by statements that begin after the lock.
    const entries = await listUnsealed(trx, batchSize);
    if (entries.length === 0) return 0;
    const head = await findChainHead(trx);
    let position = head?.position ?? 0;
    let hash = head?.chainHash ?? chainStart;
    const seals = entries.map((entry): AuditSeal => {
      position += 1;
      hash = chainHash(hash, entry);
      return { position, entryId: entry.id, chainHash: hash };
    });
    await insertSeals(trx, seals);
    return seals.length;
  });
}
