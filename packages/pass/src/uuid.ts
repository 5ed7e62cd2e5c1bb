import type { Bytes } from "./bytes.ts";

const canonical = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A UUID's text (RFC 9562, lower case) as its 16 bytes; anything else throws a `TypeError`. */
export function uuidToBytes(uuid: string): Bytes {
  if (!canonical.test(uuid)) throw new TypeError("not a UUID in lower case");
  const hex = uuid.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}

/** 16 bytes as a UUID's text, in lower case. */
export function uuidFromBytes(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
