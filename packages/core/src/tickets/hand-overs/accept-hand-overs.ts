import type { Facts, handOvers } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import type { Actor } from "../../ports.ts";
import { toReservationState } from "../../sales/batch-facts.ts";
import { limitsOf } from "../../sales/decide-reservations.ts";
import { lockAccounts, selectBatchFacts } from "../../sales/reservations.queries.ts";
import { raiseEpoch } from "../activation.queries.ts";
import { newPurchaseKey } from "../passes.ts";
import { insertTicketEvents, lockTicketStates } from "../tickets.queries.ts";
import { assertMayBeHandedOver, assertOpen } from "./hand-over.ts";
import {
  type HandOverRow,
  selectHandOvers,
  selectHeldBefore,
  selectParties,
  selectTicketsToHandOver,
} from "./hand-overs.queries.ts";
import { readHandOvers } from "./list-hand-overs.ts";
import { isReceivedBy } from "./parties.ts";
import { endAndTell } from "./tell-parties.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
type Party = Awaited<ReturnType<typeof selectParties>>[number];
type Ticket = Awaited<ReturnType<typeof selectTicketsToHandOver>>[number];

/**
 * Accepts tickets that were offered to the actor's e-mail address, all or none: from the same moment on they are held by
 * the actor, with a new purchase key and a new epoch, and no pass that was made before opens a gate. Accepting the same
 * again answers the same.
 *
 * Errors: `not_found` for what was not offered to the actor, `hand_over_ended` with its `state`, `hand_over_to_self`,
 * `limit_reached` with what reserving says, `hand_over_forbidden`, `hand_over_closed`, `hand_over_frozen` with `until`,
 * and `forbidden` for an account that is no visitor's.
 */
export async function acceptHandOvers(
  ctx: Parts,
  { accountId }: Pick<Actor, "accountId">,
  { handOverIds }: { handOverIds: readonly string[] },
): Promise<Facts<typeof handOvers>> {
  const ids = [...new Set(handOverIds)];
  // Who gives which ticket never changes, and tells what to lock.
  const known = await selectHandOvers(ctx.db, ids);
  if (known.length < ids.length) throw new CodedError("not_found");
  return ctx.db.transaction().execute(async (trx) => {
    const accountIds = [accountId, ...known.map((one) => one.from_account_id)];
    await lockAccounts(trx, accountIds);
    const parties = await selectParties(trx, accountIds);
    const receiver = parties.find(({ id }) => id === accountId);
    if (receiver?.role !== "visitor") throw new CodedError("forbidden");
    await lockTicketStates(
      trx,
      known.map((one) => one.ticket_id),
    );
    const now = ctx.clock();
    const wanted = (await selectHandOvers(trx, ids)).filter((one) => !isAcceptedBy(one, receiver));
    for (const one of wanted) {
      if (!isReceivedBy(one, receiver)) throw new CodedError("not_found");
      if (one.from_account_id === accountId) throw new CodedError("hand_over_to_self");
      assertOpen(one, "accepted", now);
    }
    if (wanted.length > 0) await accept(ctx, trx, wanted, { receiver, givers: parties, now });
    return readHandOvers(ctx, trx, { accountId, ids });
  });
}

const isAcceptedBy = (handOver: HandOverRow, receiver: Party): boolean =>
  handOver.state === "accepted" && handOver.to_account_id === receiver.id;

async function accept(
  ctx: Parts,
  trx: Transaction<Database>,
  wanted: readonly HandOverRow[],
  { receiver, givers, now }: { receiver: Party; givers: readonly Party[]; now: Date },
): Promise<void> {
  const tickets = await selectTicketsToHandOver(
    trx,
    wanted.map((one) => one.ticket_id),
  );
  const moves = wanted.map((handOver) => {
    const ticket = tickets.find(({ id }) => id === handOver.ticket_id);
    const giver = givers.find(({ id }) => id === handOver.from_account_id);
    if (ticket === undefined || giver === undefined) throw new CodedError("not_found");
    assertMayBeHandedOver(ctx.policy, ticket, { frozenUntil: giver.hand_over_frozen_until, now });
    return { handOver, ticket };
  });
  const counting = await assertWithinLimits(trx, receiver.id, tickets);
  await endAndTell(ctx, trx, wanted, { state: "accepted", at: now, counting });
  for (const move of moves) await change(ctx, trx, move, { receiver, now });
}

/** Gives the tickets that count: one that comes back was never given back. The receiver's account is locked. */
async function assertWithinLimits(
  trx: Transaction<Database>,
  accountId: string,
  tickets: readonly Ticket[],
): Promise<string[]> {
  const ticketIds = tickets.map(({ id }) => id);
  const before = await selectHeldBefore(trx, { accountId, ticketIds });
  const counting = tickets.filter(({ id }) => !before.has(id));
  const { limits, seats } = toReservationState(await selectBatchFacts(trx, [accountId]));
  const more = counting.map((ticket) => ({
    competitionSessionId: ticket.competition_session_id,
    ceremony: ticket.ceremony,
    seats: 1,
  }));
  for (const { of, limit, has, details } of limitsOf(more, limits, seats.get(accountId) ?? new Map())) {
    // Where nothing is added, nothing is too much, even after an admin has lowered a limit.
    if (of > 0 && has + of > limit) throw new CodedError("limit_reached", { ...details, limit, has });
  }
  return counting.map(({ id }) => id);
}

/** The change itself, of one ticket: holder, name, purchase key and epoch. */
async function change(
  ctx: Parts,
  trx: Transaction<Database>,
  { handOver, ticket }: { handOver: HandOverRow; ticket: Ticket },
  { receiver, now }: { receiver: Party; now: Date },
): Promise<void> {
  const { id: ticketId, competition_session_id: competitionSessionId } = ticket;
  const epoch = ticket.epoch + 1;
  const raised = await raiseEpoch(trx, {
    competitionSessionId,
    ticketId,
    expectedEpoch: ticket.epoch,
    holderAccountId: handOver.from_account_id,
    receiver: { accountId: receiver.id, name: receiver.display_name },
    sealedPurchaseKey: newPurchaseKey(ctx, { ticketId, epoch }),
    pass: null,
    at: now,
  });
  if (!raised) throw new CodedError("ticket_changed", { ticketId });
  const eventId = newId(ctx);
  await insertTicketEvents(trx, [{ competitionSessionId, ticketId, eventId, kind: "handed_over", epoch, at: now }]);
  await writeAuditEntry(trx, ctx, {
    action: "ticket.handed_over",
    actorId: receiver.id,
    subjectId: ticketId,
    details: { handOverId: handOver.id },
  });
}
