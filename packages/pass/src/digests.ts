import { concat, type Bytes } from "./bytes.ts";
import { uuidToBytes } from "./uuid.ts";

/** The list's digest of a whole pass (163 bytes): the first 12 bytes of its SHA-256. */
export function passDigest(pass: Uint8Array): Promise<Bytes> {
  return shortDigest(pass);
}

/** The list's digest of an epoch's token (16 bytes): the first 12 bytes of SHA-256(ticket id ‖ token). */
export function tokenDigest(ticketId: string, token: Uint8Array): Promise<Bytes> {
  return shortDigest(concat(uuidToBytes(ticketId), token));
}

async function shortDigest(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).slice(0, 12);
}
