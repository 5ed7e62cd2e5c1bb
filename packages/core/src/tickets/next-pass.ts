import type { Database } from "@tessera/db";
import { toBase64url } from "@tessera/pass";
import type { Transaction } from "kysely";
import { toCategory } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { gateWindow } from "../gate/window.ts";
import { newId } from "../ids.ts";
import type { OrganiserKeys } from "../keys/organiser-keys.ts";
import { raiseEpoch, selectEpoch } from "./activation.queries.ts";
import { makePass, newPurchaseKey, purchaseKeyPlace, ticketKeyOf } from "./passes.ts";
import { insertTicketEvents, type lockTickets } from "./tickets.queries.ts";

type PassContext = Pick<CoreContext, "clock" | "random" | "keyring" | "policy">;
type LockedTicket = Awaited<ReturnType<typeof lockTickets>>[number];
type Epoch = NonNullable<Awaited<ReturnType<typeof selectEpoch>>>;

/** Whose tickets get passes, and the keys that make them. */
export type PassMaker = { accountId: string; sealedAccountKey: Buffer; keys: OrganiserKeys };
/** A ticket that is locked, with its newest epoch. */
export type PassedTicket = { ticket: LockedTicket; current: Epoch };

/** Where a ticket's newest pass lives: on a device, by its public key; on paper; or nowhere, when there is none. */
export function placeOf({ pass_sha256: sha256, device_public_key: key }: Epoch): string | null {
  if (sha256 === null) return null;
  return key === null ? "paper" : toBase64url(key);
}

/** A ticket is locked: its newest epoch stays what it is. */
export async function readPassedTicket(trx: Transaction<Database>, ticket: LockedTicket): Promise<PassedTicket> {
  const current = await selectEpoch(trx, {
    competitionSessionId: ticket.competition_session_id,
    ticketId: ticket.id,
    epoch: ticket.epoch,
  });
  if (current === undefined) throw new Error("a ticket has no row for its epoch");
  return { ticket, current };
}

/**
 * The newest pass of a ticket once more, byte for byte: no pass is ever stored. Undefined when it has none, and when a key
 * that signed it may sign no more: the ticket needs another then.
 */
export function makePassAgain(
  ctx: PassContext,
  { accountId, sealedAccountKey, keys }: PassMaker,
  { ticket, current }: PassedTicket,
): Uint8Array | undefined {
  const { issuer_key_id: issuerKeyId, token_key_id: tokenKeyId, flags } = current;
  const { valid_from: validFrom, valid_until: validUntil } = current;
  if (issuerKeyId === null || tokenKeyId === null) return undefined;
  if (flags === null || validFrom === null || validUntil === null) return undefined;
  const passKeys = keys.keysOfPass({ issuerKeyId, tokenKeyId }, ctx.clock());
  if (passKeys === undefined) return undefined;
  const ticketKey = ticketKeyOf(ctx, {
    ticketId: ticket.id,
    epoch: ticket.epoch,
    holderAccountId: accountId,
    sealedAccountKey,
    sealedPurchaseKey: current.sealed_purchase_key,
  });
  const subject = { ...subjectOf(ticket), devicePublicKey: current.device_public_key, flags, validFrom, validUntil };
  return makePass(ctx, { subject, ticketKey, keys: passKeys }).pass;
}

/** The same purchase key, for another epoch. */
function sealAnew(
  { keyring }: Pick<CoreContext, "keyring">,
  sealed: Buffer,
  { ticketId, from, to }: { ticketId: string; from: number; to: number },
): Buffer {
  const purchaseKey = keyring.open("purchase", sealed, purchaseKeyPlace(ticketId, from));
  return keyring.seal("purchase", purchaseKey, purchaseKeyPlace(ticketId, to));
}

/**
 * Raises a ticket's epoch and gives the pass of the new one, with the line in its history. Every older pass is dead from
 * now on. Throws `ticket_changed` when the ticket is not at the expected epoch.
 *
 * @param next.devicePublicKey null on paper
 */
export async function givePass(
  ctx: PassContext,
  trx: Transaction<Database>,
  { accountId, sealedAccountKey, keys }: PassMaker,
  next: PassedTicket & {
    expectedEpoch: number;
    devicePublicKey: Uint8Array | null;
    flags: number;
    kind: "activated" | "moved" | "printed";
  },
): Promise<{ epoch: number; pass: Uint8Array }> {
  const { ticket, current, expectedEpoch, devicePublicKey, flags, kind } = next;
  const at = ctx.clock();
  const ticketId = ticket.id;
  const competitionSessionId = ticket.competition_session_id;
  const epoch = expectedEpoch + 1;
  const window = gateWindow(ctx.policy, { startsAt: ticket.starts_at, endsAt: ticket.ends_at });
  const terms = { flags, validFrom: window.opensAt, validUntil: window.closesAt };
  // The purchase key of the purchase serves the first pass; a pass that lives elsewhere gets a new one.
  const sealedPurchaseKey =
    current.pass_sha256 === null
      ? sealAnew(ctx, current.sealed_purchase_key, { ticketId, from: current.epoch, to: epoch })
      : newPurchaseKey(ctx, { ticketId, epoch });
  const owner = { ticketId, epoch, holderAccountId: accountId };
  const ticketKey = ticketKeyOf(ctx, { ...owner, sealedAccountKey, sealedPurchaseKey });
  const subject = { ...subjectOf(ticket), ...terms, epoch, devicePublicKey };
  const { pass, sha256 } = makePass(ctx, { subject, ticketKey, keys });
  const raised = await raiseEpoch(trx, {
    competitionSessionId,
    ticketId,
    expectedEpoch,
    holderAccountId: accountId,
    receiver: null,
    sealedPurchaseKey,
    pass: {
      ...terms,
      issuerKeyId: keys.issuer.id,
      tokenKeyId: keys.token.id,
      devicePublicKey: devicePublicKey === null ? null : Buffer.from(devicePublicKey),
      sha256,
    },
    at,
  });
  if (!raised) throw new CodedError("ticket_changed", { ticketId });
  await insertTicketEvents(trx, [{ competitionSessionId, ticketId, eventId: newId(ctx), kind, epoch, at }]);
  return { epoch, pass };
}

const subjectOf = (ticket: LockedTicket) => ({
  ticketId: ticket.id,
  competitionSessionNumber: ticket.number,
  zone: ticket.zone,
  category: toCategory(ticket.category),
  epoch: ticket.epoch,
});
