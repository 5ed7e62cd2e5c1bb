// No schema in this file: the scanner reads the code before it loads any.

/**
 * A tablet's one-time code as it was typed, as Crockford's base32 reads it: in either case, O as 0, I and L as 1, without
 * what groups the signs. Both sides sign and look for this.
 */
export function readScannerCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}
