import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { CoreContext } from "../context.ts";
import { findChainHead } from "./audit.queries.ts";

/**
 * What the chain was at a moment, signed (Ed25519, RFC 8032) by a key that the database does not hold, and kept where it
 * cannot be reached from there. With it, a chain that was rewritten from some entry on, or cut off, is told from the real
 * one.
 */
export type Checkpoint = {
  /** How many entries were chained. */
  position: number;
  /** SHA-256, hexadecimal. */
  chainHash: string;
  /** ISO 8601. */
  at: string;
  /** 64 bytes, base64url. */
  signature: string;
};

/** Append-only storage outside the database. */
export type CheckpointStore = {
  append(checkpoint: Checkpoint): Promise<void>;
};

// The DER around a raw Ed25519 seed (RFC 8410).
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** The signing key of a seed of 32 bytes. Its private half stays inside the `KeyObject`. */
export function checkpointKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
}

/** Signs the chain as it is now. Undefined while it is empty, or as long as it was at `after`. */
export async function signCheckpoint(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  key: KeyObject,
  after: number,
): Promise<Checkpoint | undefined> {
  const head = await findChainHead(db);
  if (head === undefined || head.position === after) return undefined;
  const unsigned = { position: head.position, chainHash: head.chainHash.toString("hex"), at: clock().toISOString() };
  return { ...unsigned, signature: sign(null, messageOf(unsigned), key).toString("base64url") };
}

/** Whether a checkpoint was signed by this key (either half). */
export function isGenuine(checkpoint: Checkpoint, key: KeyObject): boolean {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return verify(null, messageOf(checkpoint), publicKey, Buffer.from(checkpoint.signature, "base64url"));
}

function messageOf({ position, chainHash, at }: Omit<Checkpoint, "signature">): Buffer {
  return Buffer.from(`tessera/audit-checkpoint/v1\u0000${position}\u0000${chainHash}\u0000${at}`);
}
