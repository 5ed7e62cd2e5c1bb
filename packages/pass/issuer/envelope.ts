import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { concat, unsigned, utf8, type Bytes } from "../src/bytes.ts";

/** A key-encryption key. Each kind of secret has its own, and each may seal 2^32 times at most (NIST SP 800-38D). */
export type Kek = {
  /** UTF-8, 1 to 255 bytes, never used again for another key. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
};

/** Where a sealed value rests. It opens nowhere else: not in another row, column or epoch. */
export type SealedPlace = {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
  /** The ticket's epoch; 0 for what has none. */
  readonly epoch: number;
};

/** Why a sealed value does not open. Its message never holds any of the value. */
export class SealError extends Error {
  readonly code: "malformed" | "unknown_kek" | "not_authentic";

  constructor(code: SealError["code"]) {
    super(`sealed value: ${code}`);
    this.name = "SealError";
    this.code = code;
  }
}

const layoutVersion = 1;
const nonceLength = 12;
const tagLength = 16;

/**
 * Seals a secret for one place in the database: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. Gives
 * version 1 (1 byte) | length of the KEK's id (1) | KEK id | nonce (12) | ciphertext | tag (16).
 */
export function seal(kek: Kek, plaintext: Uint8Array, place: SealedPlace): Bytes {
  const header = headerOf(kek.id);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", kek.key, nonce, { authTagLength: tagLength });
  cipher.setAAD(associatedData(place, kek.id));
  const ciphertext = concat(cipher.update(plaintext), cipher.final());
  return concat(header, nonce, ciphertext, cipher.getAuthTag());
}

/** Opens what `seal` made for the same place. Throws a `SealError`. `keks` are the KEKs of this kind, by id. */
export function open(keks: ReadonlyMap<string, Kek>, sealed: Uint8Array, place: SealedPlace): Bytes {
  const id = kekIdOf(sealed);
  const kek = keks.get(id);
  if (kek === undefined) throw new SealError("unknown_kek");
  const nonceAt = headerOf(id).length;
  const tagAt = sealed.length - tagLength;
  const nonce = sealed.subarray(nonceAt, nonceAt + nonceLength);
  const decipher = createDecipheriv("aes-256-gcm", kek.key, nonce, { authTagLength: tagLength });
  decipher.setAAD(associatedData(place, id));
  decipher.setAuthTag(sealed.subarray(tagAt));
  try {
    return concat(decipher.update(sealed.subarray(nonceAt + nonceLength, tagAt)), decipher.final());
  } catch {
    throw new SealError("not_authentic");
  }
}

/** Which KEK sealed a value: what a rotation looks for. Throws a `SealError` if it is no sealed value. */
export function kekIdOf(sealed: Uint8Array): string {
  const [version, length = 0] = sealed;
  const id = sealed.subarray(2, 2 + length);
  if (version !== layoutVersion || length === 0 || sealed.length < 2 + length + nonceLength + tagLength) {
    throw new SealError("malformed");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(id);
  } catch {
    throw new SealError("malformed");
  }
}

function headerOf(kekId: string): Bytes {
  const id = utf8(kekId);
  if (id.length === 0) throw new RangeError("a KEK needs an id");
  return concat(unsigned(layoutVersion, 1, "version"), unsigned(id.length, 1, "the KEK id's length"), id);
}

/** label, then table, column, row id and KEK id, each after its length in 2 bytes, then the epoch in 4. */
function associatedData({ table, column, rowId, epoch }: SealedPlace, kekId: string): Bytes {
  const texts = [table, column, rowId, kekId].map(utf8);
  const prefixed = texts.map((text) => concat(unsigned(text.length, 2, "a name's length"), text));
  return concat(utf8("tessera/seal/v1"), ...prefixed, unsigned(epoch, 4, "epoch"));
}
