import { readScannerCode } from "@tessera/contracts";

/** The code that somebody typed, as it is sent; null while it is not whole. Ten characters of Crockford's base32. */
export function wholeCode(typed: string): string | null {
  const code = readScannerCode(typed);
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) ? code : null;
}

/** A code as people read it: in two groups of the same length. */
export function inTwo(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}

/** What a link brought behind its `#`, which no server ever sees. */
export function codeOfHash(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, ""));
  } catch {
    return "";
  }
}
