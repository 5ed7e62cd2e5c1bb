import { activationMessage, fromBase64url, toBase64url } from "@tessera/pass";
import type { useTRPCClient } from "@tessera/ui";
import { type DeviceKey, isGoodKey, makeDeviceKey, signerOf } from "./device-keys.ts";
import { readDeviceKeys, writeDeviceKey } from "./ticket-database.ts";

/** What this device could not do; what the server refuses comes as its own error. */
export type ActivationFault = "no_secure_context" | "storage" | "key_test";

export class ActivationError extends Error {
  readonly fault: ActivationFault;

  constructor(fault: ActivationFault, cause?: unknown) {
    super(`activation failed: ${fault}`, { cause });
    this.name = "ActivationError";
    this.fault = fault;
  }
}

/**
 * Ties tickets to this device, all or none: a key pair for each, made here; the server's challenge signed with it; the
 * pass kept beside it. Each key is on disk before the server hears of it, so that a lost answer can be asked for again,
 * and is tried at the end as it will be at the gate.
 *
 * Throws an `ActivationError`, or what the API said: `step_up_required`, `activation_not_open`, `ticket_changed`, …
 */
export async function activateTickets(
  client: ReturnType<typeof useTRPCClient>,
  ticketIds: readonly string[],
): Promise<void> {
  if (!window.isSecureContext) throw new ActivationError("no_secure_context");
  const challenges = await client.tickets.tickets.activationChallenges.mutate({ ticketIds: [...ticketIds] });
  await askToPersist();
  const known = await onThisDevice(readDeviceKeys);

  const keys = new Map<string, DeviceKey>();
  const wishes = [];
  for (const { ticketId, accountId, expectedEpoch, challenge } of challenges) {
    const before = known.get(ticketId);
    const key = before?.activated === null ? before : await onThisDevice(() => makeDeviceKey(ticketId));
    await onThisDevice(() => writeDeviceKey(key));
    keys.set(ticketId, key);
    const message = activationMessage({ challenge: fromBase64url(challenge), accountId, ticketId, expectedEpoch });
    wishes.push({
      ticketId,
      expectedEpoch,
      challenge,
      devicePublicKey: toBase64url(key.publicKey),
      signature: toBase64url(await signerOf(key)(message)),
      soft: key.secret.kind === "soft",
    });
  }

  const passes = await client.tickets.tickets.activate.mutate({ tickets: wishes });
  for (const { ticketId, epoch, pass } of passes) {
    const key = keys.get(ticketId);
    if (key === undefined) continue;
    await onThisDevice(() => writeDeviceKey({ ...key, activated: { epoch, pass: fromBase64url(pass) } }));
  }
  await tryKeys(ticketIds);
}

/** Browsers may throw away what a site stored, unless it asked and they agreed. A no changes nothing for now. */
async function askToPersist(): Promise<void> {
  if ("storage" in navigator && "persist" in navigator.storage) await navigator.storage.persist().catch(() => false);
}

async function tryKeys(ticketIds: readonly string[]): Promise<void> {
  const stored = await onThisDevice(readDeviceKeys);
  for (const ticketId of ticketIds) {
    const key = stored.get(ticketId);
    if (key?.activated == null || !(await isGoodKey(key))) throw new ActivationError("key_test");
  }
}

async function onThisDevice<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw new ActivationError("storage", cause);
  }
}
