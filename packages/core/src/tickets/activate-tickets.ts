import type { activatedPasses, activateInput, Facts, Given } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { activationMessage, fromBase64url, isStrictPublicKey, toBase64url, verifySignature } from "@tessera/pass";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { loadOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { selectSealedAccountKey, takeChallenge } from "./activation.queries.ts";
import { assertMoveLeft, movesCountFrom } from "./moves.ts";
import { givePass, makePassAgain, type PassedTicket, type PassMaker, placeOf, readPassedTicket } from "./next-pass.ts";
import { softKeyFlag } from "./passes.ts";
import { assertActivatable, assertNotBlocked } from "./ticket.ts";
import { lockTickets, selectMoves } from "./tickets.queries.ts";

type ActivationContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
type Wish = Given<typeof activateInput>["tickets"][number];
type ActivatedPasses = Facts<typeof activatedPasses>;

/**
 * Binds tickets to the device keys that sign their challenges, all or none, and gives their passes. Each ticket's epoch is
 * raised by one, so that a pass on another device or on paper is dead from now on: a move, of which each ticket has so
 * many within 24 hours. The first activation is none, and a device that has the ticket already gets the same pass again.
 *
 * Errors: `not_found`, `bad_device_signature`, `challenge_expired`, `ticket_changed` when another device was faster,
 * `activation_not_open`, `activation_closed`, `ticket_blocked`, `conflict`, `moves_used_up`.
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
    const maker = { accountId, sealedAccountKey: await selectSealedAccountKey(trx, accountId), keys };
    const passes: ActivatedPasses = [];
    for (const wish of wishes) {
      const ticket = locked.find(({ id }) => id === wish.ticketId);
      if (ticket === undefined) throw new CodedError("not_found");
      passes.push(await activateOne(ctx, trx, maker, { wish, ...(await readPassedTicket(trx, ticket)) }));
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

async function activateOne(
  ctx: ActivationContext,
  trx: Transaction<Database>,
  maker: PassMaker,
  { wish, ticket, current }: PassedTicket & { wish: Wish },
): Promise<ActivatedPasses[number]> {
  const now = ctx.clock();
  const { ticketId, expectedEpoch } = wish;
  assertNotBlocked(ticket);
  const place = placeOf(current);
  const isThere = place === wish.devicePublicKey;
  // Either its answer was lost on the way, or the browser has forgotten the pass and kept the key.
  if (isThere && (ticket.epoch === expectedEpoch + 1 || ticket.epoch === expectedEpoch)) {
    const again = makePassAgain(ctx, maker, { ticket, current });
    if (again !== undefined) return { ticketId, epoch: ticket.epoch, pass: toBase64url(again) };
  }

  assertActivatable(ctx.policy, ticket, now);
  if (ticket.epoch !== expectedEpoch) throw new CodedError("ticket_changed", { ticketId });
  const moves = place !== null && !isThere;
  if (moves) {
    const before = await selectMoves(trx, { ticketIds: [ticketId], after: movesCountFrom(now) });
    assertMoveLeft(ctx.policy, { ticketId, moves: before.map(({ at }) => at) });
  }
  const challenge = Buffer.from(fromBase64url(wish.challenge));
  if (!(await takeChallenge(trx, { challenge, ticketId, accountId: maker.accountId, expectedEpoch, now }))) {
    throw new CodedError("challenge_expired");
  }
  const { epoch, pass } = await givePass(ctx, trx, maker, {
    ticket,
    current,
    expectedEpoch,
    devicePublicKey: fromBase64url(wish.devicePublicKey),
    flags: wish.soft ? softKeyFlag : 0,
    kind: moves ? "moved" : "activated",
  });
  return { ticketId, epoch, pass: toBase64url(pass) };
}
