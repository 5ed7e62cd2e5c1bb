import { createPrivateKey, createPublicKey, hash, type KeyObject, randomBytes, sign } from "node:crypto";
import type { ListPart } from "@tessera/contracts";
import {
  type ListHead,
  type ListKey,
  listMessage,
  listPieces,
  type ListPlace,
  type ListRow,
  toBase64url,
} from "@tessera/pass";

export type TestListKey = ListKey & { readonly privateKey: KeyObject };

/** An organiser's list key. */
export function makeListKey(id: number): TestListKey {
  const seed = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), randomBytes(32)]);
  const privateKey = createPrivateKey({ key: seed, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  return { id, publicKey: x, privateKey };
}

export const publicHalf = ({ id, publicKey }: ListKey): ListKey => ({ id, publicKey });

/** A part as the server sends it. */
export function signPart(
  head: ListHead & ListPlace,
  { tickets, key, answeredAt }: { tickets: readonly ListRow[]; key: TestListKey; answeredAt: string },
): ListPart {
  return signBody([...listPieces(head, tickets)].join(""), { key, answeredAt, gamesId: head.gamesId });
}

/** Any text as a part. */
export function signBody(
  body: string,
  { key, answeredAt, gamesId }: { key: TestListKey; answeredAt: string; gamesId: string },
): ListPart {
  const message = listMessage(gamesId, hash("sha256", body, "buffer"));
  return { body, keyId: key.id, signature: toBase64url(sign(null, message, key.privateKey)), answeredAt, total: null };
}
