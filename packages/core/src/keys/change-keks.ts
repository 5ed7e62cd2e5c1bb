import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { insertKek, type KekRow, listKeks, listLiveNodeKeks, setKekState } from "./keks.queries.ts";
import type { KekKind } from "./keyring.ts";
import { type HeldKek, kekCheckValue, kekName, type NodeKeks } from "./node-keks.ts";
import { lockKeys } from "./organiser-keys.queries.ts";
import { countSealedRows } from "./reseal.queries.ts";

/** `db` with the owner's role: the application may not change keys. */
type KeyContext = Pick<CoreContext, "db" | "clock" | "random">;

export type CreateKekOutcome = { outcome: "created"; id: number } | { outcome: "next_exists"; id: number };

/**
 * Makes a KEK that opens from now on and seals only after `rotateKek`. `keep` puts it where servers find it; if that
 * fails, it was never there.
 */
export function createKek(
  ctx: KeyContext,
  { kind, keks, keep }: { kind: KekKind; keks: NodeKeks; keep: (kek: HeldKek) => Promise<void> },
): Promise<CreateKekOutcome> {
  return changeKeks(ctx, kind, async (trx, known) => {
    const next = known.find(({ state }) => state === "next");
    if (next !== undefined) return { outcome: "next_exists", id: next.id };
    const taken = [...known, ...keks.held().filter((kek) => kek.kind === kind)].map(({ id }) => id);
    const kek = { kind, id: Math.max(0, ...taken) + 1, key: ctx.random(32) };
    const checkValue = kekCheckValue(kek.key);
    await insertKek(trx, { kind, id: kek.id, state: "next", checkValue, createdAt: ctx.clock() });
    await writeAuditEntry(trx, ctx, {
      action: "key.created",
      details: { kind: kekName(kind), id: kek.id, state: "next" },
    });
    // Last: a file whose row is lost is found and made known by the next server that looks.
    await keep(kek);
    return { outcome: "created", id: kek.id };
  });
}

export type RotateKekOutcome =
  | { outcome: "rotated"; from: number | null; to: number }
  | { outcome: "no_next" }
  | { outcome: "unknown_kek" }
  | { outcome: "not_held_here"; id: number }
  | { outcome: "not_everywhere"; id: number; nodes: number; without: number };

/**
 * Lets the next KEK seal, or any that still opens by its id: every server follows within 10 seconds. What the one before
 * has sealed stays so, until `resealKind`. Refused, unless `force`, while a server that lives does not hold it: that one
 * could not open what the others seal.
 */
export function rotateKek(
  ctx: KeyContext,
  { kind, id, keks, force }: { kind: KekKind; id: number | undefined; keks: NodeKeks; force: boolean },
): Promise<RotateKekOutcome> {
  return changeKeks(ctx, kind, async (trx, known) => {
    const next =
      id === undefined ? known.findLast(({ state }) => state === "next") : known.find((row) => row.id === id);
    if (next === undefined) return { outcome: id === undefined ? "no_next" : "unknown_kek" };
    if (next.state === "active" || next.state === "retired") return { outcome: "no_next" };
    if (keks.byId(kind, next.id) === undefined) return { outcome: "not_held_here", id: next.id };
    const live = Map.groupBy(await listLiveNodeKeks(trx), ({ nodeId }) => nodeId);
    const without = [...live.values()].filter(
      (rows) => !rows.some((row) => row.kind === kind && row.kekId === next.id),
    ).length;
    if (without > 0 && !force) return { outcome: "not_everywhere", id: next.id, nodes: live.size, without };

    const active = known.find(({ state }) => state === "active");
    if (active !== undefined) await setKekState(trx, active, { state: "former" });
    await setKekState(trx, next, { state: "active", activatedAt: ctx.clock() });
    await writeAuditEntry(trx, ctx, {
      action: "key.rotated",
      details: {
        kind: kekName(kind),
        id: next.id,
        nodesWithout: without,
        ...(active === undefined ? {} : { from: active.id }),
      },
    });
    return { outcome: "rotated", from: active?.id ?? null, to: next.id };
  });
}

export type RetireKekOutcome =
  | { outcome: "retired" }
  | { outcome: "unknown_kek" }
  | { outcome: "active" }
  | { outcome: "already" }
  | { outcome: "still_sealed"; rows: number }
  | { outcome: "still_sealing"; nodes: number };

/** Says that a KEK may go: nothing is sealed under it, and no server that lives seals with it. */
export function retireKek(ctx: KeyContext, { kind, id }: { kind: KekKind; id: number }): Promise<RetireKekOutcome> {
  return changeKeks(ctx, kind, async (trx, known) => {
    const kek = known.find((row) => row.id === id);
    if (kek === undefined) return { outcome: "unknown_kek" };
    if (kek.state === "active") return { outcome: "active" };
    if (kek.state === "retired") return { outcome: "already" };
    const live = await listLiveNodeKeks(trx);
    const nodes = live.filter((row) => row.kind === kind && row.kekId === id && row.seals).length;
    if (nodes > 0) return { outcome: "still_sealing", nodes };
    const rows = (await countSealedRows(trx, kind)).get(id) ?? 0;
    if (rows > 0) return { outcome: "still_sealed", rows };
    await setKekState(trx, kek, { state: "retired" });
    await writeAuditEntry(trx, ctx, { action: "key.retired", details: { kind: kekName(kind), id } });
    return { outcome: "retired" };
  });
}

function changeKeks<Outcome>(
  { db }: Pick<CoreContext, "db">,
  kind: KekKind,
  change: (trx: Transaction<Database>, known: KekRow[]) => Promise<Outcome>,
): Promise<Outcome> {
  return db.transaction().execute(async (trx) => {
    await lockKeys(trx);
    return change(
      trx,
      (await listKeks(trx)).filter((row) => row.kind === kind),
    );
  });
}
