import { hash } from "node:crypto";
import { toBase64url, uuidToBytes } from "@tessera/pass";
import { deriveEpochToken } from "@tessera/pass/issuer";
import type { CoreContext } from "../../context.ts";
import type { OrganiserKeys } from "../../keys/organiser-keys.ts";

type TicketEpoch = { readonly id: string; readonly epoch: number };

/** The first bytes of a SHA-256 that a list holds. */
export const digestBytes = 12;

/**
 * What a code of the next epoch must show, `digestBytes` bytes: proof that the server made it after this was written.
 * `tokenDigest` of `@tessera/pass` without its promise, which is dear for a whole venue's tickets.
 */
export function nextTokenDigest({ token: { key } }: Pick<OrganiserKeys, "token">, ticket: TicketEpoch): Uint8Array {
  const epochToken = deriveEpochToken(key, ticket.id, ticket.epoch + 1);
  return hash("sha256", Buffer.concat([uuidToBytes(ticket.id), epochToken]), "buffer").subarray(0, digestBytes);
}

/** More than any day's venues hold; some 30 MB. */
const mostKept = 200_000;

type Kept = { readonly tokenKey: Buffer; readonly byTicket: Map<string, { epoch: number; digest: string }> };
const keptOf = new WeakMap<CoreContext["keyring"], Kept>();

/** `nextTokenDigest` in base64url, as a list has it, kept in memory: a ticket's epoch seldom changes, lists are many. */
export function keptTokenDigest(keyring: CoreContext["keyring"], keys: OrganiserKeys, ticket: TicketEpoch): string {
  const { byTicket } = keptFor(keyring, keys);
  const kept = byTicket.get(ticket.id);
  if (kept?.epoch === ticket.epoch) return kept.digest;
  const digest = toBase64url(nextTokenDigest(keys, ticket));
  if (byTicket.size >= mostKept) byTicket.clear();
  byTicket.set(ticket.id, { epoch: ticket.epoch, digest });
  return digest;
}

function keptFor(keyring: CoreContext["keyring"], { token: { key: tokenKey } }: OrganiserKeys): Kept {
  const before = keptOf.get(keyring);
  if (before?.tokenKey.equals(tokenKey)) return before;
  const kept: Kept = { tokenKey, byTicket: new Map() };
  keptOf.set(keyring, kept);
  return kept;
}
