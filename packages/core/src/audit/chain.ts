import { createHash } from "node:crypto";
import type { AuditEntry } from "./audit.queries.ts";

const context = "tessera/audit/v1\u0000";

/** What the first entry is chained to. */
export const chainStart: Buffer = Buffer.alloc(32);

/**
 * The hash that seals an entry and, through `previous`, all before it: SHA-256 over a context, the hash before, and the
 * entry as JSON with its details sorted by name. 32 bytes.
 */
export function chainHash(previous: Uint8Array, entry: AuditEntry): Buffer {
  const { id, at, action, actorId, subjectId, details } = entry;
  const sorted = Object.entries(details).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const text = JSON.stringify([id, at.toISOString(), action, actorId, subjectId, sorted]);
  return createHash("sha256").update(context).update(previous).update(text).digest();
}
