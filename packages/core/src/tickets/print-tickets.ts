import type { Facts, Given, Locale, PaperTicket, printedTickets, printInput } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { makePaperCode, toBase64url } from "@tessera/pass";
import type { Transaction } from "kysely";
import { findLiveAccount } from "../accounts/accounts.queries.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import { toCategory, toCompetitionSession } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { gatesOpenAt } from "../gate/window.ts";
import { loadOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { selectSealedAccountKey } from "./activation.queries.ts";
import { assertNotClosed } from "./hand-overs/hand-over.ts";
import { homeGates } from "./home-gates.ts";
import { assertMoveLeft, movesCountFrom } from "./moves.ts";
import { givePass, makePassAgain, type PassedTicket, type PassMaker, placeOf, readPassedTicket } from "./next-pass.ts";
import { paperFlag } from "./passes.ts";
import { assertActivatable } from "./ticket.ts";
import { lockTickets, selectMoves, selectTickets } from "./tickets.queries.ts";

type PrintContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy" | "documents">;
type Wish = Given<typeof printInput>["tickets"][number];
type Printed = { epoch: number; pass: Uint8Array };

/**
 * Puts tickets on paper, all or none, and gives the PDF in the holder's language. Each ticket's epoch is raised by one, so
 * that a pass on a device is dead from now on. What is on paper already comes out the same, until the competition session
 * ends: a print can be lost, and so can an answer. Nothing of it is stored.
 *
 * Errors: `not_found`, `conflict` for a ticket that was used or cancelled, `ticket_blocked`, `ticket_changed`,
 * `hand_over_closed`, `activation_closed` for a reprint after the end, `moves_used_up`.
 */
export async function printTickets(
  ctx: PrintContext,
  { accountId }: Pick<Actor, "accountId">,
  { tickets: wishes }: { tickets: readonly Wish[] },
): Promise<Facts<typeof printedTickets>> {
  const keys = await loadOrganiserKeys(ctx);
  const { locale, epochs, tickets } = await ctx.db.transaction().execute(async (trx) => {
    const locked = await lockTickets(trx, {
      ticketIds: wishes.map(({ ticketId }) => ticketId),
      holderAccountId: accountId,
    });
    const maker = { accountId, sealedAccountKey: await selectSealedAccountKey(trx, accountId), keys };
    const printed = new Map<string, Printed>();
    for (const wish of wishes) {
      const ticket = locked.find(({ id }) => id === wish.ticketId);
      if (ticket === undefined) throw new CodedError("not_found");
      printed.set(wish.ticketId, await printOne(ctx, trx, maker, { wish, ...(await readPassedTicket(trx, ticket)) }));
    }
    return {
      locale: await localeOf(trx, accountId),
      epochs: [...printed].map(([ticketId, { epoch }]) => ({ ticketId, epoch })),
      tickets: await describe(ctx, trx, { accountId, printed }),
    };
  });
  // After the commit: drawing takes its time, and who draws in vain may ask again.
  const pdf = await ctx.documents.paperTickets({ locale, tickets, printedAt: ctx.clock() });
  return { fileName: fileNameOf(tickets), pdf: toBase64url(pdf), tickets: epochs };
}

async function printOne(
  ctx: PrintContext,
  trx: Transaction<Database>,
  maker: PassMaker,
  { wish, ticket, current }: PassedTicket & { wish: Wish },
): Promise<Printed> {
  const now = ctx.clock();
  const { ticketId, expectedEpoch } = wish;
  if (placeOf(current) === "paper" && (ticket.epoch === expectedEpoch || ticket.epoch === expectedEpoch + 1)) {
    assertActivatable({ ...ctx.policy, activationOpensHours: null }, ticket, now);
    const pass = makePassAgain(ctx, maker, { ticket, current });
    if (pass !== undefined) return { epoch: ticket.epoch, pass };
  }

  assertNotClosed(ctx.policy, ticket, now);
  if (ticket.epoch !== expectedEpoch) throw new CodedError("ticket_changed", { ticketId });
  const moves = await selectMoves(trx, { ticketIds: [ticketId], after: movesCountFrom(now) });
  assertMoveLeft(ctx.policy, { ticketId, moves: moves.map(({ at }) => at) });
  const onPaper = { devicePublicKey: null, flags: paperFlag, kind: "printed" } as const;
  const made = await givePass(ctx, trx, maker, { ticket, current, expectedEpoch, ...onPaper });
  await writeAuditEntry(trx, ctx, {
    action: "ticket.printed",
    actorId: maker.accountId,
    subjectId: ticketId,
    details: { epoch: made.epoch },
  });
  return made;
}

async function localeOf(trx: Transaction<Database>, accountId: string): Promise<Locale> {
  const account = await findLiveAccount(trx, accountId);
  if (account === undefined) throw new CodedError("not_found");
  return account.locale;
}

/** What the pages say, in the order of time. */
async function describe(
  { policy }: PrintContext,
  trx: Transaction<Database>,
  { accountId, printed }: { accountId: string; printed: ReadonlyMap<string, Printed> },
): Promise<PaperTicket[]> {
  const rows = await selectTickets(trx, { holderAccountId: accountId });
  const gateOf = await homeGates(trx, rows);
  return rows.flatMap((row) => {
    const made = printed.get(row.id);
    if (made === undefined) return [];
    const session = toCompetitionSession(row);
    return {
      code: makePaperCode(made.pass),
      reference: row.reference,
      category: toCategory(row.category),
      zone: row.zone,
      gate: gateOf(row),
      holderName: row.holder_name,
      competitionSession: { ...session, gatesOpenAt: gatesOpenAt(policy, session) },
    };
  });
}

function fileNameOf(tickets: readonly PaperTicket[]): string {
  const codes = [...new Set(tickets.map(({ competitionSession }) => competitionSession.code))];
  return `tessera-${codes.length === 1 ? codes[0] : "tickets"}.pdf`;
}
