import { createHmac } from "node:crypto";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { deleteNodeKeks, insertKek, type KekRow, listKeks, putNodeKeks } from "./keks.queries.ts";
import { type KekKind, kekKinds, type KekSource } from "./keyring.ts";
import { lockKeys } from "./organiser-keys.queries.ts";

/** A KEK where a server can read it: 32 bytes under a number that is never used again for its kind. */
export type HeldKek = { kind: KekKind; id: number; key: Buffer };

/** The KEKs that a node has in memory, for its keyring. They grow while it runs; none is forgotten before it ends. */
export type NodeKeks = KekSource & {
  held(): readonly HeldKek[];
  /** Looks anew where KEKs come from. In each kind the first is the one that seals while the database names none. */
  find(): Promise<readonly HeldKek[]>;
  hold(kek: HeldKek): void;
  /** From now on this one seals. It must be held. */
  sealWith(kind: KekKind, id: number): void;
};

/** Holds what there is now. */
export async function createNodeKeks(find: NodeKeks["find"]): Promise<NodeKeks> {
  const held = [...(await find())];
  const sealing = new Map<KekKind, number>();
  const byId = (kind: KekKind, id: number): Buffer | undefined =>
    held.find((kek) => kek.kind === kind && kek.id === id)?.key;
  return {
    byId,
    active(kind) {
      const id = sealing.get(kind);
      const kek = held.find((one) => one.kind === kind && (id === undefined || one.id === id));
      if (kek === undefined) throw new Error(`no KEK of kind ${kind}`);
      return { id: kek.id, key: kek.key };
    },
    held: () => held,
    find,
    hold: (kek) => void held.push(kek),
    sealWith: (kind, id) => void sealing.set(kind, id),
  };
}

/** other_key: the database knows another key by this id. not_held: something may be sealed under it, or will be. */
export type KekProblem = { kind: KekKind; id: number; problem: "other_key" | "not_held" };

/**
 * Brings a node and the database together: takes in KEKs that have come since, makes them known (the first of a kind as
 * the one that seals, a later one as the next), and seals with what the database says. At the start, and again while it
 * runs. Gives what is wrong; a KEK that is not the one it should be is not held.
 */
export async function syncKeks(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  keks: NodeKeks,
): Promise<KekProblem[]> {
  const found = await keks.find();
  const candidates = [...keks.held(), ...found.filter(({ kind, id }) => keks.byId(kind, id) === undefined)];
  const known = await makeKnown(ctx, keks, candidates);
  const rowOf = ({ kind, id }: HeldKek): KekRow | undefined => known.find((row) => row.kind === kind && row.id === id);

  const right = candidates.filter((kek) => rowOf(kek)?.checkValue.equals(kekCheckValue(kek.key)));
  for (const kek of right) if (keks.byId(kek.kind, kek.id) === undefined) keks.hold(kek);
  const isRight = ({ kind, id }: KekRow): boolean => right.some((kek) => kek.kind === kind && kek.id === id);
  const problems: KekProblem[] = [];
  for (const row of known) {
    const { kind, id } = row;
    if (isRight(row)) {
      if (row.state === "active") keks.sealWith(kind, id);
    } else if (candidates.some((kek) => kek.kind === kind && kek.id === id)) {
      problems.push({ kind, id, problem: "other_key" });
    } else if (row.state === "active" || row.state === "former") {
      problems.push({ kind, id, problem: "not_held" });
    }
  }
  return problems;
}

async function makeKnown(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  keks: NodeKeks,
  candidates: readonly HeldKek[],
): Promise<KekRow[]> {
  const isNewIn = (known: readonly KekRow[]) => (kek: HeldKek) =>
    !known.some(({ kind, id }) => kind === kek.kind && id === kek.id);
  const before = await listKeks(ctx.db);
  if (!candidates.some(isNewIn(before))) return before;
  return ctx.db.transaction().execute(async (trx) => {
    await lockKeys(trx);
    const known = await listKeks(trx);
    for (const kek of candidates.filter(isNewIn(known))) {
      const { kind, id, key } = kek;
      const first = !known.some((row) => row.kind === kind && row.state === "active");
      const state = first ? (keks.active(kind).id === id ? "active" : "former") : "next";
      await insertKek(trx, { kind, id, state, checkValue: kekCheckValue(key), createdAt: ctx.clock() });
      await writeAuditEntry(trx, ctx, { action: "key.created", details: { kind: kekName(kind), id, state } });
    }
    return listKeks(trx);
  });
}

/** Tells other servers and `pnpm keys` that this node lives, what it can open with and what it seals with. */
export async function announceKeks({ db }: Pick<CoreContext, "db">, keks: NodeKeks, nodeId: string): Promise<void> {
  const sealing = new Map(kekKinds.map((kind) => [kind, keks.active(kind).id]));
  await putNodeKeks(
    db,
    keks.held().map(({ kind, id }) => ({ nodeId, kind, kekId: id, seals: sealing.get(kind) === id })),
  );
}

/** Takes the announcement back, so that nobody waits for a node that has ended. */
export async function forgetNodeKeks({ db }: Pick<CoreContext, "db">, nodeId: string): Promise<void> {
  await deleteNodeKeks(db, nodeId);
}

/** Tells two keys apart without telling anything of either: 8 bytes of HMAC-SHA-256. */
export function kekCheckValue(key: Buffer): Buffer {
  return createHmac("sha256", key).update("tessera/kek-check/v1").digest().subarray(0, 8);
}

/** How the audit log names the kind of a KEK, beside the organiser's keys of the same name. */
export const kekName = (kind: KekKind): string => `kek/${kind}`;
