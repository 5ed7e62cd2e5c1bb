import type { Facts, handOvers } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { appLink, queueMail } from "../../mail/queue-mail.ts";
import type { Actor, Requester } from "../../ports.ts";
import { lockAccounts } from "../../sales/reservations.queries.ts";
import { lockTicketStates } from "../tickets.queries.ts";
import { assertMayBeHandedOver, handOverClosesAt, offerExpiresAt, stateNow } from "./hand-over.ts";
import {
  type HandOverRow,
  insertHandOvers,
  selectAccountsByEmail,
  selectMailTickets,
  selectOpenHandOvers,
  selectParties,
  selectTicketsToHandOver,
} from "./hand-overs.queries.ts";
import { readHandOvers } from "./list-hand-overs.ts";
import { endAndTell, findReceiver } from "./tell-parties.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
type Giver = Awaited<ReturnType<typeof selectParties>>[number];
type Offer = { id: string; competitionSessionId: string; ticketId: string; email: string; expiresAt: Date };

/**
 * Offers tickets that the actor holds to e-mail addresses, all or none: each stands until it is answered, taken back, or
 * its time is up, and until then the ticket's code stays good. Whoever is written to gets one mail for everything. The
 * answer is the same whether an address has an account or not; a ticket that is offered to the same address already keeps
 * that offer.
 *
 * Errors: `not_found` for a ticket that the actor does not hold, `conflict` when it was used or cancelled,
 * `ticket_blocked`, `hand_over_forbidden`, `hand_over_closed`, `hand_over_frozen` with `until`, `hand_over_to_self`,
 * `already_offered` to another address, and what limits throw: mails go to strangers.
 *
 * @param input.offers addresses are as contracts' `email` gives them
 * @returns the offers, whether they are new or not
 */
export async function offerHandOvers(
  ctx: Parts & Pick<CoreContext, "attempts">,
  { accountId }: Pick<Actor, "accountId">,
  { offers }: { offers: readonly { ticketId: string; email: string }[] },
  requester: Requester,
): Promise<Facts<typeof handOvers>> {
  const wanted = new Map<string, string>();
  for (const { ticketId, email } of offers) {
    if ((wanted.get(ticketId) ?? email) !== email) throw new CodedError("already_offered", { ticketId });
    wanted.set(ticketId, email);
  }
  const emails = [...new Set(wanted.values())];
  for (const _ of emails) await ctx.attempts.spend("hand_over", { account: accountId, requester });

  return ctx.db.transaction().execute(async (trx) => {
    // The receivers' too: a mail to who is deleted meanwhile would keep their address.
    const receivers = await selectAccountsByEmail(trx, emails);
    await lockAccounts(trx, [accountId, ...receivers.map(({ id }) => id)]);
    const [giver] = await selectParties(trx, [accountId]);
    if (giver === undefined) throw new CodedError("not_signed_in");
    if (emails.includes(giver.email)) throw new CodedError("hand_over_to_self");
    await lockTicketStates(trx, [...wanted.keys()]);
    const { kept, made } = await prepare(ctx, trx, { giver, wanted });
    if (made.length > 0) await offer(ctx, trx, giver, made);
    return readHandOvers(ctx, trx, { accountId, ids: [...kept, ...made].map(({ id }) => id) });
  });
}

/** Which of the offers are there already, and the others as they will be written. The tickets are locked. */
async function prepare(
  ctx: Parts,
  trx: Transaction<Database>,
  { giver, wanted }: { giver: Giver; wanted: ReadonlyMap<string, string> },
): Promise<{ kept: HandOverRow[]; made: Offer[] }> {
  const now = ctx.clock();
  const ticketIds = [...wanted.keys()];
  const tickets = await selectTicketsToHandOver(trx, ticketIds);
  const held = tickets.filter((ticket) => ticket.holder_account_id === giver.id);
  if (held.length < ticketIds.length) throw new CodedError("not_found");

  const written = await selectOpenHandOvers(trx, ticketIds);
  const kept = written.filter((one) => stateNow(one, now) === "offered");
  for (const { ticket_id: ticketId, to_email: email } of kept) {
    if (wanted.get(ticketId) !== email) throw new CodedError("already_offered", { ticketId });
  }
  const keptTickets = new Set(kept.map(({ ticket_id: ticketId }) => ticketId));
  const made = held
    .filter(({ id }) => !keptTickets.has(id))
    .map((ticket) => {
      assertMayBeHandedOver(ctx.policy, ticket, { frozenUntil: giver.hand_over_frozen_until, now });
      return {
        id: newId(ctx),
        competitionSessionId: ticket.competition_session_id,
        ticketId: ticket.id,
        email: wanted.get(ticket.id) ?? "",
        expiresAt: offerExpiresAt(ctx.policy, now, handOverClosesAt(ctx.policy, { startsAt: ticket.starts_at })),
      };
    });
  // Their time is up, and nobody has written that yet.
  const overdue = written.filter((one) => stateNow(one, now) === "expired");
  await endAndTell(ctx, trx, overdue, { state: "expired", at: now });
  return { kept, made };
}

async function offer(ctx: Parts, trx: Transaction<Database>, giver: Giver, offers: readonly Offer[]): Promise<void> {
  await insertHandOvers(trx, { accountId: giver.id, name: giver.display_name, at: ctx.clock() }, offers);
  for (const { id: handOverId, ticketId } of offers) {
    await writeAuditEntry(trx, ctx, {
      action: "ticket.offered",
      actorId: giver.id,
      subjectId: ticketId,
      details: { handOverId },
    });
  }
  for (const [email, group] of Map.groupBy(offers, (one) => one.email)) {
    const tickets = await selectMailTickets(
      trx,
      group.map(({ ticketId }) => ticketId),
    );
    await queueMail(trx, ctx, {
      ...(await findReceiver(trx, email, giver.locale)),
      content: {
        template: "hand_over_offered",
        giver: giver.display_name,
        tickets,
        expiresAt: new Date(Math.min(...group.map(({ expiresAt }) => expiresAt.getTime()))),
        link: appLink(ctx, "shop", "hand-overs"),
      },
    });
  }
}
