import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { eraseUnsentMailsOf } from "../../mail/mails.queries.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Actor } from "../../ports.ts";
import { cancelHeldOrder } from "../../sales/release-order.ts";
import { changeTickets } from "../../tickets/change-tickets.ts";
import { selectTicketsOnTheirWay } from "../../tickets/hand-overs/hand-overs.queries.ts";
import { leaveHandOvers } from "../../tickets/hand-overs/leave-hand-overs.ts";
import { lockTicketStates } from "../../tickets/tickets.queries.ts";
import { lockLiveAccount } from "../accounts.queries.ts";
import { deleteMailTokensFor } from "../mail-tokens/mail-tokens.queries.ts";
import { markRevoked } from "../staff/invitations.queries.ts";
import {
  anonymise,
  hasOpenPayment,
  selectTicketsToCome,
  selectUnpaidOrderIds,
  type TicketToCome,
} from "./account-deletion.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/**
 * Deletes a visitor's account: held orders are cancelled, tickets to come are given up without money back, those that are
 * offered to or by it stay where they are, and nothing in the database says any more who it was. Orders, payments and the
 * ledger stay, without the person. The last mail goes to the address that it had.
 * Throws `employee_account` for employees, `payment_still_open` while money may be on its way, `tickets_still_held` with
 * their `count` unless they are given up, `conflict` when something was bought at the same moment, and `not_signed_in`.
 */
export async function deleteAccount(
  ctx: Parts,
  { accountId, role }: Pick<Actor, "accountId" | "role">,
  { giveUpTickets }: { giveUpTickets: boolean },
): Promise<void> {
  if (role !== "visitor") throw new CodedError("employee_account");
  // Asked before anything is cancelled, and again under the lock.
  await refuseOpenPayment(ctx.db, accountId);
  refuseTickets(await selectTicketsToCome(ctx.db, accountId, ctx.clock()), giveUpTickets);
  await cancelHeldOrders(ctx, accountId);
  await ctx.db.transaction().execute(async (trx) => {
    const now = ctx.clock();
    const account = await lockLiveAccount(trx, accountId);
    if (account === undefined) throw new CodedError("not_signed_in");
    if (account.role !== "visitor") throw new CodedError("employee_account");
    // Payments before orders before tickets: money that arrives in between is seen in one of them.
    await refuseOpenPayment(trx, accountId);
    if ((await selectUnpaidOrderIds(trx, accountId)).length > 0) throw new CodedError("conflict");
    const { email, locale } = account;
    const onTheirWay = await lockTickets(trx, { accountId, email, now });
    const tickets = await selectTicketsToCome(trx, accountId, now);
    refuseTickets(tickets, giveUpTickets);
    await changeTickets(ctx, trx, tickets, { state: "cancelled", at: now });
    await leaveHandOvers(ctx, trx, { accountId, ticketIds: onTheirWay, at: now });

    await revokeInvitationsOf(trx, ctx, email);
    await eraseUnsentMailsOf(trx, accountId);
    await queueMail(trx, ctx, { to: email, locale, accountId, content: { template: "account_deleted" } });
    await anonymise(trx, { accountId, email, deletedAt: now });
    await writeAuditEntry(trx, ctx, {
      action: "account.deleted",
      actorId: accountId,
      subjectId: accountId,
      details: { ticketsGivenUp: tickets.length },
    });
  });
}

/**
 * Locks what the account holds and what is on its way from or to it, in the order of their ids, and gives the latter. The
 * account is locked, and so none is added to what it holds.
 */
async function lockTickets(
  trx: Transaction<Database>,
  { accountId, email, now }: { accountId: string; email: string; now: Date },
): Promise<string[]> {
  const toCome = await selectTicketsToCome(trx, accountId, now);
  const onTheirWay = await selectTicketsOnTheirWay(trx, { accountId, email });
  const ticketIds = [...toCome.map(({ id }) => id), ...onTheirWay];
  if (ticketIds.length > 0) await lockTicketStates(trx, ticketIds);
  return onTheirWay;
}

async function refuseOpenPayment(db: Kysely<Database>, accountId: string): Promise<void> {
  if (await hasOpenPayment(db, accountId)) throw new CodedError("payment_still_open");
}

function refuseTickets(tickets: readonly TicketToCome[], giveUpTickets: boolean): void {
  if (tickets.length > 0 && !giveUpTickets) throw new CodedError("tickets_still_held", { count: tickets.length });
}

/** Those that admins have sent to the address: they name it. */
async function revokeInvitationsOf(trx: Transaction<Database>, ctx: Parts, email: string): Promise<void> {
  for (const invitationId of await markRevoked(trx, { by: "email", value: email, now: ctx.clock() })) {
    await deleteMailTokensFor(trx, invitationId);
    await writeAuditEntry(trx, ctx, { action: "invitation.revoked", subjectId: invitationId });
  }
}

/** Each in a transaction of its own, since an order is locked before its pools and those before the account. */
async function cancelHeldOrders(ctx: Parts, accountId: string): Promise<void> {
  for (const orderId of await selectUnpaidOrderIds(ctx.db, accountId)) {
    try {
      await cancelHeldOrder(ctx, { accountId }, { orderId });
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      if (error.code === "payment_under_way") throw new CodedError("payment_still_open");
      // It was paid or has ended meanwhile, which is looked at below.
      if (error.code !== "conflict") throw error;
    }
  }
}
