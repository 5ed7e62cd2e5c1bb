import type { KeyObject } from "node:crypto";
import type { CoreContext } from "../context.ts";
import { countUnsealed, findChainHead, findUnknownEntry, listSealed, type SealedEntry } from "./audit.queries.ts";
import { chainHash, chainStart } from "./chain.ts";
import { type Checkpoint, isGenuine } from "./checkpoint.ts";

/** The first thing that is wrong. Positions count from 1. */
export type AuditProblem =
  /** The entry is not what was sealed: changed, or put in another's place. */
  | { kind: "changed"; position: number; entryId: string }
  /** The seal is there and its entry is gone, or the seal itself is. */
  | { kind: "removed"; position: number; entryId: string | null }
  /** An entry that came past the sealer. */
  | { kind: "inserted"; entryId: string; at: Date }
  /** Sealed after the moment of a checkpoint, and dated long before it. */
  | { kind: "backdated"; position: number; entryId: string; at: Date }
  /** The chain holds together, but at a checkpoint it was another one: rewritten between the two positions. */
  | { kind: "rewritten"; afterPosition: number; position: number }
  /** A checkpoint says that there were more. */
  | { kind: "cut_off"; position: number; missing: number }
  /** A checkpoint that our key has not signed. `line` counts from 1. */
  | { kind: "forged_checkpoint"; line: number }
  /** Chained or waiting for longer than a running server leaves anything, and no checkpoint tells of it. */
  | { kind: "not_witnessed"; entries: number };

export type AuditVerification = {
  /** How many entries are chained, and were looked at before the problem. */
  sealed: number;
  /** Written, and not chained yet: no server is running, or it happened this second. */
  waiting: number;
  checkpoints: number;
  problem: AuditProblem | null;
};

const batchSize = 5000;
/** How far the clocks of nodes, and a transaction's begin and end, may be apart. */
const clockToleranceMs = 5 * 60_000;
/** A running server chains within a second and writes a checkpoint each minute. */
const witnessDueMs = 3 * 60_000;

type Input = {
  checkpoints: readonly Checkpoint[];
  keys: readonly KeyObject[];
  onProgress?: (sealed: number, total: number) => void;
};

/**
 * Goes through the whole audit log and names the first bad entry: changed, removed, inserted, reordered, or cut off at
 * the end. `checkpoints` are those of the storage outside the database, in any order; `keys` are either half of the keys
 * that sign them or have signed them.
 */
export async function verifyAuditLog(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  { checkpoints, keys, onProgress }: Input,
): Promise<AuditVerification> {
  const walk = new ChainWalk(checkpoints);
  const report = async (problem: AuditProblem | null): Promise<AuditVerification> => ({
    sealed: walk.position,
    waiting: await countUnsealed(db),
    checkpoints: checkpoints.length,
    problem,
  });

  const forged = checkpoints.findIndex((checkpoint) => !keys.some((key) => isGenuine(checkpoint, key)));
  if (forged !== -1) return report({ kind: "forged_checkpoint", line: forged + 1 });
  const total = (await findChainHead(db))?.position ?? 0;
  for (;;) {
    const batch = await listSealed(db, walk.position, batchSize);
    for (const sealed of batch) {
      const problem = walk.take(sealed);
      if (problem) return report(problem);
    }
    onProgress?.(walk.position, total);
    if (batch.length < batchSize) break;
  }
  const cutOff = walk.end();
  if (cutOff) return report(cutOff);
  const unknown = await findUnknownEntry(db);
  if (unknown) return report({ kind: "inserted", entryId: unknown.id, at: unknown.at });
  const due = new Date(clock().getTime() - witnessDueMs);
  const entries = walk.behindLastCheckpoint(due) + (await countUnsealed(db, due));
  return report(entries > 0 ? { kind: "not_witnessed", entries } : null);
}

/** The chain from its first entry on, beside what the checkpoints say that it was. */
class ChainWalk {
  position = 0;
  readonly #checkpoints: Checkpoint[];
  #hash: Uint8Array = chainStart;
  #lastGood = 0;
  #lastGoodAt = Number.NEGATIVE_INFINITY;
  /** When those entries were written that came after the last checkpoint so far. */
  #behind: Date[] = [];

  constructor(checkpoints: readonly Checkpoint[]) {
    this.#checkpoints = checkpoints.toSorted((one, other) => one.position - other.position);
  }

  take({ position, entryId, chainHash: sealedHash, entry }: SealedEntry): AuditProblem | undefined {
    const expected = this.position + 1;
    if (position !== expected) return { kind: "removed", position: expected, entryId: null };
    if (entry === null) return { kind: "removed", position, entryId };
    const hash = chainHash(this.#hash, entry);
    if (!hash.equals(sealedHash)) return { kind: "changed", position, entryId };
    this.#hash = hash;
    if (entry.at.getTime() < this.#lastGoodAt - clockToleranceMs) {
      return { kind: "backdated", position, entryId, at: entry.at };
    }
    this.position = position;
    this.#behind.push(entry.at);
    return this.#compare(hash.toString("hex"));
  }

  #compare(hash: string): AuditProblem | undefined {
    for (let next = this.#checkpoints[0]; next?.position === this.position; next = this.#checkpoints[0]) {
      if (next.chainHash !== hash) {
        return { kind: "rewritten", afterPosition: this.#lastGood, position: this.position };
      }
      this.#lastGood = next.position;
      this.#behind = [];
      this.#lastGoodAt = Math.max(this.#lastGoodAt, Date.parse(next.at));
      this.#checkpoints.shift();
    }
    return undefined;
  }

  /** How many entries written before that moment are behind the last checkpoint. */
  behindLastCheckpoint(moment: Date): number {
    return this.#behind.filter((at) => at < moment).length;
  }

  end(): AuditProblem | undefined {
    const last = this.#checkpoints.at(-1);
    if (last === undefined) return undefined;
    return { kind: "cut_off", position: this.position + 1, missing: last.position - this.position };
  }
}
