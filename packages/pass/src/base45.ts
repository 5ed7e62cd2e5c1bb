import type { Bytes } from "./bytes.ts";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const values: ReadonlyMap<string, number> = new Map(alphabet.split("").map((char, value) => [char, value]));

/** Base45 (RFC 9285): two bytes become three characters of a QR code's alphanumeric mode, a last byte alone two. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second] = bytes.subarray(at, at + 2);
    let value = second === undefined ? first : first * 256 + second;
    for (let left = second === undefined ? 2 : 3; left > 0; left -= 1) {
      text += alphabet.charAt(value % 45);
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/**
 * The inverse of `encodeBase45`, or `null` for any text that it would not have written: another character, a single
 * last character, a triple above 65535 or a pair above 255 (RFC 9285 section 6). Never throws.
 */
export function decodeBase45(text: string): Bytes | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    let value = 0;
    for (let index = group.length - 1; index >= 0; index -= 1) {
      const digit = values.get(group.charAt(index));
      if (digit === undefined) return null;
      value = value * 45 + digit;
    }
    if (value >= (group.length === 3 ? 65536 : 256)) return null;
    if (group.length === 3) bytes.push(Math.floor(value / 256));
    bytes.push(value % 256);
  }
  return Uint8Array.from(bytes);
}
