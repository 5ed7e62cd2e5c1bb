import type { Facts, ticket as ticketSchema, tickets } from "@tessera/contracts";
import { toBase64url } from "@tessera/pass";
import { toCategory, toCompetitionSession, toOfferName } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { gatesOpenAt } from "../gate/window.ts";
import type { Actor } from "../ports.ts";
import { handOverClosesAt } from "./hand-overs/hand-over.ts";
import { homeGates } from "./home-gates.ts";
import { movesCountFrom, movesOf } from "./moves.ts";
import { activationWindow, toTicketState } from "./ticket.ts";
import { selectMoves, selectTickets } from "./tickets.queries.ts";

type ListContext = Pick<CoreContext, "db" | "clock" | "policy">;
type Ticket = Facts<typeof ticketSchema>;
type TicketRow = Awaited<ReturnType<typeof selectTickets>>[number];

/** The tickets that the actor holds, in the order of time; of one order, if asked. */
export async function listTickets(
  ctx: ListContext,
  { accountId }: Pick<Actor, "accountId">,
  { orderId }: { orderId?: string | undefined },
): Promise<Facts<typeof tickets>> {
  const now = ctx.clock();
  const rows = await selectTickets(ctx.db, { holderAccountId: accountId, orderId });
  const moves = Map.groupBy(
    await selectMoves(ctx.db, { ticketIds: rows.map(({ id }) => id), after: movesCountFrom(now) }),
    ({ ticketId }) => ticketId,
  );
  const gateOf = await homeGates(ctx.db, rows);
  return rows.map((row) => {
    const session = toCompetitionSession(row);
    const bought = row.buyer_account_id === accountId;
    const moved = (moves.get(row.id) ?? []).map(({ at }) => at);
    return {
      id: row.id,
      reference: row.reference,
      state: toTicketState(row.state),
      orderId: bought ? row.order_id : null,
      orderReference: bought ? row.order_reference : null,
      ...toOfferName(row),
      category: toCategory(row.category),
      zone: row.zone,
      gate: gateOf(row),
      holderName: row.holder_name,
      epoch: row.epoch,
      blocked: row.blocked_at !== null,
      competitionSession: { ...session, gatesOpenAt: gatesOpenAt(ctx.policy, session) },
      activation: activationOf(ctx, row, { now, moved }),
      handOver: handOverOf(ctx, row, now),
    };
  });
}

function activationOf(
  { policy }: ListContext,
  row: TicketRow,
  { now, moved }: { now: Date; moved: readonly Date[] },
): Ticket["activation"] {
  const { opensAt, closesAt } = activationWindow(policy, toCompetitionSession(row));
  const key = row.device_public_key;
  const isOver = now >= closesAt || row.competition_session_state !== "scheduled";
  const withoutDevice = isOver ? "closed" : now < opensAt ? "not_open" : "open";
  const { left, limit, nextAt } = movesOf(policy, moved);
  return {
    state: key !== null ? "active" : row.pass_sha256 !== null ? "paper" : withoutDevice,
    opensAt,
    closesAt,
    devicePublicKey: key === null ? null : toBase64url(key),
    movesLeft: left,
    movesLimit: limit,
    nextMoveAt: nextAt,
  };
}

function handOverOf({ policy }: ListContext, row: TicketRow, now: Date): Ticket["handOver"] {
  const closesAt = handOverClosesAt(policy, { startsAt: row.starts_at });
  const { hand_over_id: id, hand_over_email: email, hand_over_expires_at: expiresAt } = row;
  const offered =
    id === null || email === null || expiresAt === null || expiresAt <= now ? null : { id, email, expiresAt };
  const isOver =
    row.state !== "issued" ||
    row.blocked_at !== null ||
    row.competition_session_state !== "scheduled" ||
    now >= closesAt;
  const without = isOver ? "closed" : row.hand_over_allowed ? "open" : "forbidden";
  return { state: offered === null ? without : "offered", closesAt, offered };
}

/** The server's clock, which phones and tablets follow. */
export function readServerTime(ctx: Pick<CoreContext, "clock">): { now: Date } {
  return { now: ctx.clock() };
}
