import type { CoreContext } from "../context.ts";
import { type KekRow, listKeks, listLiveNodeKeks } from "./keks.queries.ts";
import { kekKinds } from "./keyring.ts";
import { listOrganiserKeys, type OrganiserKeyRow } from "./organiser-keys.queries.ts";
import { countSealedRows } from "./reseal.queries.ts";

export type ListedKeys = {
  organiserKeys: Pick<OrganiserKeyRow, "kind" | "id" | "state" | "createdAt" | "activatedAt" | "verifiesUntil">[];
  keks: (Pick<KekRow, "kind" | "id"> & {
    /** unknown: something is sealed under it, and the database has never heard of it. */
    state: KekRow["state"] | "unknown";
    createdAt: Date | null;
    activatedAt: Date | null;
    /** Values in the database that it seals. */
    values: number;
    /** Of the servers that live. */
    nodesHolding: number;
    nodesSealing: number;
  })[];
  /** Servers that have said within a minute that they live. */
  nodes: number;
};

/** Every key with its state and its use; nothing of any key itself. Reads all that is sealed, to count it. */
export async function listKeys({ db }: Pick<CoreContext, "db">): Promise<ListedKeys> {
  const organiserKeys = await listOrganiserKeys(db);
  const known = await listKeks(db);
  const live = await listLiveNodeKeks(db);
  const keks: ListedKeys["keks"] = [];
  for (const kind of kekKinds) {
    const counts = await countSealedRows(db, kind);
    const rows = known.filter((row) => row.kind === kind);
    for (const { id, state, createdAt, activatedAt } of rows) {
      const holding = live.filter((row) => row.kind === kind && row.kekId === id);
      keks.push({
        kind,
        id,
        state,
        createdAt,
        activatedAt,
        values: counts.get(id) ?? 0,
        nodesHolding: holding.length,
        nodesSealing: holding.filter(({ seals }) => seals).length,
      });
      counts.delete(id);
    }
    for (const [id, values] of counts) {
      keks.push({
        kind,
        id,
        state: "unknown",
        createdAt: null,
        activatedAt: null,
        values,
        nodesHolding: 0,
        nodesSealing: 0,
      });
    }
  }
  return {
    organiserKeys: organiserKeys.map(({ kind, id, state, createdAt, activatedAt, verifiesUntil }) => ({
      kind,
      id,
      state,
      createdAt,
      activatedAt,
      verifiesUntil,
    })),
    keks,
    nodes: new Set(live.map(({ nodeId }) => nodeId)).size,
  };
}
