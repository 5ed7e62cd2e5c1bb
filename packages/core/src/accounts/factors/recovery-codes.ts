import { createHash } from "node:crypto";
import type { RandomBytes } from "../../ports.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const codeCount = 10;
const groups = 5;
const groupLength = 5;

/**
 * Ten recovery codes such as `7Q2MD-0XV4K-…`: 25 characters of Crockford's base32, 125 random bits. From 112 bits on a
 * plain hash is enough (NIST SP 800-63B-4, look-up secrets).
 */
export function newRecoveryCodes({ random }: { random: RandomBytes }): string[] {
  return Array.from({ length: codeCount }, () => {
    const text = Array.from(random(groups * groupLength), (byte) => alphabet.charAt(byte & 31)).join("");
    return (text.match(new RegExp(`.{${groupLength}}`, "g")) ?? []).join("-");
  });
}

/** SHA-256 of a recovery code however it was typed: small letters, any separators, O for 0, I and L for 1. */
export function hashRecoveryCode(code: string): Buffer {
  const canonical = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return createHash("sha256").update(canonical).digest();
}
