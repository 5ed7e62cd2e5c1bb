import type { Bytes } from "../src/bytes.ts";
import { listMessage } from "../src/messages.ts";
import { type LoadedSigningKey, signMessage } from "./signing-key.ts";

/** The list key's signature (64 bytes) over a list, by the SHA-256 of its text in UTF-8; good at these Games only. */
export function signList(key: LoadedSigningKey, gamesId: string, bodySha256: Uint8Array): Bytes {
  if (bodySha256.length !== 32) throw new RangeError("a SHA-256 must be 32 bytes");
  return signMessage(key, listMessage(gamesId, bodySha256));
}
