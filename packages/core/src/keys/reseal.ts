import { setTimeout as delay } from "node:timers/promises";
import { SealError, type SealedPlace } from "@tessera/pass/issuer";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { listKeks, listLiveNodeKeks } from "./keks.queries.ts";
import type { KekKind } from "./keyring.ts";
import { kekName } from "./node-keks.ts";
import {
  countSealedRows,
  lockSealedRows,
  type SealedRow,
  sealedColumnsOf,
  updateSealedRows,
} from "./reseal.queries.ts";
import type { SealedColumn } from "./sealed-columns.ts";

/** `db` with the owner's role: purchase keys are history, which the application may not touch. */
type ResealContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring">;

export type ResealOptions = {
  kind: KekKind;
  /** Told of values done so far and of all, in this run. */
  onProgress?: (done: number, total: number) => void;
  /** Told once, if servers have to be waited for that still seal with another KEK. */
  onWait?: (nodes: number) => void;
  /** Stops between two batches. */
  signal?: AbortSignal;
  /** Values in a transaction. */
  batch?: number;
};

export type ResealOutcome = {
  /** What everything is to be sealed under. */
  kekId: number;
  resealed: number;
  /** Values that another KEK still seals: locked by others, sealed meanwhile, unreadable, or not reached. */
  remaining: number;
  /** Places whose values do not open: a KEK is not there, or they are not what was sealed. The first few. */
  unreadable: SealedPlace[];
  /** KEKs that have sealed once and seal nothing now: `retireKek` takes them. */
  mayRetire: number[];
  /** Servers that seal with another KEK even after half a minute: they do not hold this one. */
  nodesBehind: number;
};

const nodesPatienceMs = 30_000;
const pauseMs = 500;
const mostPasses = 5;
const mostNamed = 10;

/**
 * Seals every value of a kind under the active KEK, in batches, while everything runs: whoever opens a value meanwhile
 * opens the old one or the new. A run that was killed has done what it has done; the next one does the rest.
 */
export async function resealKind(ctx: ResealContext, options: ResealOptions): Promise<ResealOutcome | undefined> {
  const { kind, signal } = options;
  const known = (await listKeks(ctx.db)).filter((kek) => kek.kind === kind);
  const active = known.find(({ state }) => state === "active");
  if (active === undefined) return undefined;
  const run: Run = { ...options, kekId: active.id, resealed: 0, total: 0, unreadable: [] };
  const nodesBehind = await waitForNodes(ctx, run);
  const countRemaining = async () => {
    const counts = await countSealedRows(ctx.db, kind);
    counts.delete(active.id);
    return counts;
  };

  let counts = await countRemaining();
  let remaining = sum(counts);
  for (let pass = 1; remaining > run.unreadable.length && pass <= mostPasses; pass += 1) {
    if (pass > 1) await delay(pauseMs);
    run.total = run.resealed + remaining;
    run.unreadable = [];
    options.onProgress?.(run.resealed, run.total);
    for (const column of sealedColumnsOf(kind)) await resealColumn(ctx, column, run);
    counts = await countRemaining();
    remaining = sum(counts);
    if (signal?.aborted === true) break;
  }
  if (run.resealed > 0) {
    await writeAuditEntry(ctx.db, ctx, {
      action: "keys.resealed",
      details: { kind: kekName(kind), id: active.id, values: run.resealed, remaining },
    });
  }
  const { resealed, unreadable } = run;
  const mayRetire = known.filter(({ state, id }) => state === "former" && !counts.has(id)).map(({ id }) => id);
  const named = unreadable.slice(0, mostNamed);
  return { kekId: active.id, resealed, remaining, unreadable: named, mayRetire, nodesBehind };
}

const sum = (counts: ReadonlyMap<number, number>): number => [...counts.values()].reduce((all, one) => all + one, 0);

type Run = ResealOptions & { kekId: number; resealed: number; total: number; unreadable: SealedPlace[] };

/** As long as a server seals with another KEK there is no end to it. It follows a rotation within seconds. */
async function waitForNodes({ db }: Pick<CoreContext, "db">, { kind, kekId, onWait, signal }: Run): Promise<number> {
  const deadline = performance.now() + nodesPatienceMs;
  for (let told = false; ; told = true) {
    const live = await listLiveNodeKeks(db);
    const behind = live.filter((row) => row.kind === kind && row.seals && row.kekId !== kekId).length;
    if (behind === 0 || performance.now() > deadline || signal?.aborted === true) return behind;
    if (!told) onWait?.(behind);
    await delay(pauseMs);
  }
}

async function resealColumn(ctx: ResealContext, column: SealedColumn, run: Run): Promise<void> {
  const { kind, kekId, batch = 200 } = run;
  let after: string[] | undefined;
  while (run.signal?.aborted !== true) {
    const rows = await ctx.db.transaction().execute(async (trx) => {
      const locked = await lockSealedRows(trx, column, { kekId, after, most: batch });
      const anew = locked.flatMap((row) => sealAnew(ctx, column, row, run));
      if (anew.length === 0) return locked;
      await updateSealedRows(trx, column, anew);
      if (run.resealed === 0) {
        await writeAuditEntry(trx, ctx, {
          action: "keys.resealed",
          details: { kind: kekName(kind), id: kekId, begun: true },
        });
      }
      run.resealed += anew.length;
      return locked;
    });
    run.onProgress?.(run.resealed, run.total);
    after = rows.at(-1)?.key;
    if (after === undefined) return;
  }
}

function sealAnew({ keyring }: ResealContext, column: SealedColumn, { key, sealed }: SealedRow, run: Run): SealedRow[] {
  const place = column.placeOf(key);
  try {
    const secret = keyring.open(column.kind, sealed, place);
    return [{ key, sealed: keyring.seal(column.kind, secret, place) }];
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    run.unreadable.push(place);
    return [];
  }
}
