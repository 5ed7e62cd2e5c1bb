import { randomBytes } from "node:crypto";
import { createKeyring, type KekKind, kekKinds, type Keyring } from "../keys/keyring.ts";
import { createNodeKeks, type HeldKek, type NodeKeks } from "../keys/node-keks.ts";

/** A folder of KEKs that several nodes read, one of each kind at first. */
export type KekShelf = {
  put(kek: { kind: KekKind; id: number; key?: Buffer }): HeldKek;
  /** What a node that starts now holds. */
  open(): Promise<NodeKeks>;
};

export function kekShelf(): KekShelf {
  const keks: HeldKek[] = kekKinds.map((kind) => ({ kind, id: 1, key: randomBytes(32) }));
  return {
    put({ kind, id, key = randomBytes(32) }) {
      const kek = { kind, id, key };
      keks.push(kek);
      return kek;
    },
    open: () => createNodeKeks(async () => keks.toSorted((one, other) => other.id - one.id)),
  };
}

/** The keyring of somebody who holds these KEKs, each with the number 1, and no other. */
export function keyringOf(held: ReadonlyMap<KekKind, Buffer>): Keyring {
  const byId = (kind: KekKind, id: number): Buffer | undefined => (id === 1 ? held.get(kind) : undefined);
  return createKeyring({
    byId,
    active(kind) {
      const key = byId(kind, 1);
      if (key === undefined) throw new RangeError(`no KEK for ${kind}`);
      return { id: 1, key };
    },
  });
}
