/** Bytes that WebCrypto takes without a copy. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Copies `parts` one after the other. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Whether two public values are the same; not for secrets, since it stops at the first difference. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** `value` as `size` bytes, big-endian; a value that does not fit throws. */
export function unsigned(value: number, size: 1 | 2 | 4, name: string): Bytes {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** size) {
    throw new RangeError(`${name} must be an integer from 0 to ${256 ** size - 1}, not ${value}`);
  }
  return Uint8Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) % 256);
}

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** Base64url without padding (RFC 4648 section 5): how bytes travel in JSON. */
export function toBase64url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The inverse of `toBase64url`; anything that it would not have written throws a `TypeError`. */
export function fromBase64url(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new TypeError("not base64url");
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw new TypeError("not canonical base64url");
  return bytes;
}
