import type { activatedPasses, activateInput, Facts, Given } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { activationMessage, fromBase64url, isStrictPublicKey, toBase64url, verifySignature } from "@tessera/pass";
import type { Transaction } from "kysely";
import { toCategory } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { gateWindow } from "../gate/window.ts";
import { newId } from "../ids.ts";
import { loadOrganiserKeys, type OrganiserKeys, type PassKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { raiseEpoch, selectEpoch, selectSealedAccountKey, takeChallenge } from "./activation.queries.ts";
import { makePass, type PassSubject, purchaseKeyPlace, softKeyFlag, ticketKeyOf } from "./passes.ts";
import { assertActivatable, assertNotBlocked } from "./ticket.ts";
import { insertTicketEvents, lockTickets } from "./tickets.queries.ts";

type ActivationContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
type Wish = Given<typeof activateInput>["tickets"][number];
type LockedTicket = Awaited<ReturnType<typeof lockTickets>>[number];
type ActivatedPasses = Facts<typeof activatedPasses>;

/**
 * Binds tickets to the device keys that sign their challenges, all or none, and gives their passes. Each ticket's epoch is
 * raised by one, so that a pass on another device is dead from now on. A retry with the same device key gets the same pass.
 *
 * Errors: `not_found`, `bad_device_signature`, `challenge_expired`, `ticket_changed` when another device was faster,
 * `activation_not_open`, `activation_closed`, `ticket_blocked`, `conflict`.
 */
export async function activateTickets(
  ctx: ActivationContext,
  { accountId }: Pick<Actor, "accountId">,
  { tickets: wishes }: { tickets: readonly Wish[] },
): Promise<ActivatedPasses> {
  await Promise.all(wishes.map((wish) => assertSigned(accountId, wish)));
  const keys = await loadOrganiserKeys(ctx);
  return ctx.db.transaction().execute(async (trx) => {
    const locked = await lockTickets(trx, {
      ticketIds: wishes.map(({ ticketId }) => ticketId),
      holderAccountId: accountId,
    });
    const sealedAccountKey = await selectSealedAccountKey(trx, accountId);
    const passes: ActivatedPasses = [];
    for (const wish of wishes) {
      const ticket = locked.find(({ id }) => id === wish.ticketId);
      if (ticket === undefined) throw new CodedError("not_found");
      passes.push(await activateOne(ctx, trx, { wish, ticket, accountId, sealedAccountKey, keys }));
    }
    return passes;
  });
}

/** The device holds the private half, and means this account, ticket and epoch. */
async function assertSigned(accountId: string, wish: Wish): Promise<void> {
  const key = fromBase64url(wish.devicePublicKey);
  const message = activationMessage({
    challenge: fromBase64url(wish.challenge),
    accountId,
    ticketId: wish.ticketId,
    expectedEpoch: wish.expectedEpoch,
  });
  const good = isStrictPublicKey(key) && (await verifySignature(key, message, fromBase64url(wish.signature)));
  if (!good) throw new CodedError("bad_device_signature");
}

type Activating = {
  wish: Wish;
  ticket: LockedTicket;
  accountId: string;
  sealedAccountKey: Buffer;
  keys: OrganiserKeys;
};

async function activateOne(
  ctx: ActivationContext,
  trx: Transaction<Database>,
  { wish, ticket, accountId, sealedAccountKey, keys }: Activating,
): Promise<ActivatedPasses[number]> {
  const now = ctx.clock();
  const competitionSessionId = ticket.competition_session_id;
  const current = await selectEpoch(trx, { competitionSessionId, ticketId: ticket.id, epoch: ticket.epoch });
  if (current === undefined) throw new Error("a ticket has no row for its epoch");

  const subject = {
    ticketId: ticket.id,
    competitionSessionNumber: ticket.number,
    zone: ticket.zone,
    category: toCategory(ticket.category),
    devicePublicKey: fromBase64url(wish.devicePublicKey),
  };
  assertNotBlocked(ticket);
  const made = passOfSameDevice(current, { wish, epoch: ticket.epoch, keys, now });
  if (made !== undefined) {
    const sealedPurchaseKey = current.sealed_purchase_key;
    const owner = { ticketId: ticket.id, epoch: ticket.epoch, holderAccountId: accountId };
    const ticketKey = ticketKeyOf(ctx, { ...owner, sealedAccountKey, sealedPurchaseKey });
    const again = { ...subject, ...made.terms, epoch: ticket.epoch };
    const { pass } = makePass(ctx, { subject: again, ticketKey, keys: made.keys });
    return { ticketId: ticket.id, epoch: ticket.epoch, pass: toBase64url(pass) };
  }

  assertActivatable(ctx.policy, ticket, now);
  if (ticket.epoch !== wish.expectedEpoch) throw new CodedError("ticket_changed", { ticketId: ticket.id });
  const { ticketId, expectedEpoch } = wish;
  const challenge = Buffer.from(fromBase64url(wish.challenge));
  if (!(await takeChallenge(trx, { challenge, ticketId, accountId, expectedEpoch, now }))) {
    throw new CodedError("challenge_expired");
  }

  const epoch = expectedEpoch + 1;
  const window = gateWindow(ctx.policy, { startsAt: ticket.starts_at, endsAt: ticket.ends_at });
  // The purchase key of the purchase serves the first pass; a pass on another device gets a new one.
  const purchaseKey =
    current.pass_sha256 === null
      ? ctx.keyring.open("purchase", current.sealed_purchase_key, purchaseKeyPlace(ticketId, current.epoch))
      : ctx.random(32);
  const sealedPurchaseKey = ctx.keyring.seal("purchase", purchaseKey, purchaseKeyPlace(ticketId, epoch));
  const terms = {
    flags: wish.soft ? softKeyFlag : 0,
    validFrom: window.opensAt,
    validUntil: window.closesAt,
  };
  const ticketKey = ticketKeyOf(ctx, {
    ticketId,
    epoch,
    holderAccountId: accountId,
    sealedAccountKey,
    sealedPurchaseKey,
  });
  const { pass, sha256 } = makePass(ctx, { subject: { ...subject, ...terms, epoch }, ticketKey, keys });
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
      devicePublicKey: Buffer.from(subject.devicePublicKey),
      sha256,
    },
    at: now,
  });
  if (!raised) throw new CodedError("ticket_changed", { ticketId });
  const kind = current.pass_sha256 === null ? "activated" : "moved";
  await insertTicketEvents(trx, [{ competitionSessionId, ticketId, eventId: newId(ctx), kind, epoch, at: now }]);
  return { ticketId, epoch, pass: toBase64url(pass) };
}

type Epoch = NonNullable<Awaited<ReturnType<typeof selectEpoch>>>;

/**
 * The terms and keys of the pass that this very device got for the epoch that it asks for: its answer was lost on the
 * way. What a key signed that may sign no more cannot be made again: the ticket has to move.
 */
function passOfSameDevice(
  current: Epoch,
  { wish, epoch, keys, now }: { wish: Wish; epoch: number; keys: OrganiserKeys; now: Date },
): { terms: Pick<PassSubject, "flags" | "validFrom" | "validUntil">; keys: PassKeys } | undefined {
  const { device_public_key: key, issuer_key_id: issuerKeyId, token_key_id: tokenKeyId } = current;
  const { flags, valid_from: validFrom, valid_until: validUntil } = current;
  const sameDevice = key !== null && toBase64url(key) === wish.devicePublicKey;
  if (!sameDevice || epoch !== wish.expectedEpoch + 1 || issuerKeyId === null || tokenKeyId === null) return undefined;
  if (flags === null || validFrom === null || validUntil === null) return undefined;
  const passKeys = keys.keysOfPass({ issuerKeyId, tokenKeyId }, now);
  return passKeys && { terms: { flags, validFrom, validUntil }, keys: passKeys };
}
