import type { TicketState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { competitionSessionColumns, offerNameColumns } from "../catalogue/rows.ts";

export async function selectHolderName(trx: Transaction<Database>, accountId: string): Promise<string> {
  const account = await trx
    .selectFrom("account")
    .select("display_name")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  return account.display_name;
}

/** Writes new tickets with epoch 0 and the first line of their history. */
export async function insertTickets(
  trx: Transaction<Database>,
  order: {
    orderId: string;
    holderAccountId: string;
    holderName: string;
    at: Date;
    tickets: readonly {
      id: string;
      reference: string;
      eventId: string;
      orderLineId: string;
      offerId: string;
      competitionSessionId: string;
      category: string;
      zone: number;
      priceCents: number;
      taxCents: number;
      sealedPurchaseKey: Buffer;
    }[];
  },
): Promise<void> {
  const { at, tickets } = order;
  await trx
    .insertInto("ticket")
    .values(
      tickets.map((ticket) => ({
        competition_session_id: ticket.competitionSessionId,
        id: ticket.id,
        reference: ticket.reference,
        order_id: order.orderId,
        order_line_id: ticket.orderLineId,
        offer_id: ticket.offerId,
        category: ticket.category,
        zone: ticket.zone,
        price_cents: ticket.priceCents,
        tax_cents: ticket.taxCents,
        holder_account_id: order.holderAccountId,
        holder_name: order.holderName,
        state: "issued",
        created_at: at,
      })),
    )
    .execute();
  await trx
    .insertInto("ticket_epoch")
    .values(
      tickets.map((ticket) => ({
        competition_session_id: ticket.competitionSessionId,
        ticket_id: ticket.id,
        epoch: 0,
        holder_account_id: order.holderAccountId,
        sealed_purchase_key: ticket.sealedPurchaseKey,
        created_at: at,
      })),
    )
    .execute();
  await insertTicketEvents(
    trx,
    tickets.map((ticket) => ({
      competitionSessionId: ticket.competitionSessionId,
      ticketId: ticket.id,
      eventId: ticket.eventId,
      kind: "issued" as const,
      epoch: 0,
      at,
    })),
  );
}

/** What happens to a ticket, in its history. */
type TicketEventKind =
  | TicketState
  | "activated"
  | "moved"
  | "printed"
  | "named"
  | "handed_over"
  | "blocked"
  | "unblocked";

export async function insertTicketEvents(
  trx: Transaction<Database>,
  events: readonly {
    competitionSessionId: string;
    ticketId: string;
    eventId: string;
    kind: TicketEventKind;
    epoch: number;
    at: Date;
  }[],
): Promise<void> {
  await trx
    .insertInto("ticket_event")
    .values(
      events.map((event) => ({
        competition_session_id: event.competitionSessionId,
        ticket_id: event.ticketId,
        id: event.eventId,
        kind: event.kind,
        epoch: event.epoch,
        at: event.at,
      })),
    )
    .execute();
}

/** The tickets that an account holds, with the device of their newest pass. */
export async function selectTickets(
  db: Kysely<Database>,
  filter: { holderAccountId: string; orderId?: string | undefined },
) {
  return db
    .selectFrom("ticket")
    .innerJoin("order", "order.id", "ticket.order_id")
    .innerJoin("offer", "offer.id", "ticket.offer_id")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .innerJoin("ticket_epoch", (join) =>
      join
        .onRef("ticket_epoch.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("ticket_epoch.ticket_id", "=", "ticket.id")
        .onRef("ticket_epoch.epoch", "=", "ticket.epoch"),
    )
    .leftJoin("hand_over", (join) =>
      join.onRef("hand_over.ticket_id", "=", "ticket.id").on("hand_over.state", "=", "offered"),
    )
    .where("ticket.holder_account_id", "=", filter.holderAccountId)
    .$if(filter.orderId !== undefined, (query) => query.where("ticket.order_id", "=", filter.orderId ?? ""))
    .select([
      "ticket.id",
      "ticket.reference",
      "ticket.state",
      "ticket.order_id",
      "order.reference as order_reference",
      "ticket.category",
      "ticket.zone",
      "ticket.holder_name",
      "ticket.epoch",
      "ticket.blocked_at",
      "order.account_id as buyer_account_id",
      "ticket_epoch.device_public_key",
      "ticket_epoch.pass_sha256",
      "competition_session.hand_over_allowed",
      "hand_over.id as hand_over_id",
      "hand_over.to_email as hand_over_email",
      "hand_over.expires_at as hand_over_expires_at",
      ...offerNameColumns,
      ...competitionSessionColumns,
    ])
    .orderBy("competition_session.starts_at")
    .orderBy("ticket.order_id")
    .orderBy("ticket.id")
    .execute();
}

/** Locks tickets that an account holds, in the order of their ids, until the transaction ends. */
export async function lockTickets(
  trx: Transaction<Database>,
  { ticketIds, holderAccountId }: { ticketIds: readonly string[]; holderAccountId: string },
) {
  return trx
    .selectFrom("ticket")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .select([
      "ticket.id",
      "ticket.competition_session_id",
      "ticket.state",
      "ticket.blocked_at",
      "ticket.epoch",
      "ticket.zone",
      "ticket.category",
      "ticket.holder_name",
      "competition_session.number",
      "competition_session.state as competition_session_state",
      "competition_session.starts_at",
      "competition_session.ends_at",
    ])
    .where("ticket.id", "in", ticketIds)
    .where("ticket.holder_account_id", "=", holderAccountId)
    .orderBy("ticket.id")
    .forNoKeyUpdate("ticket")
    .execute();
}

/** Some tickets of an order, as they were sold; only those that are its own. */
export async function selectTicketsOfOrder(
  trx: Transaction<Database>,
  { orderId, ticketIds }: { orderId: string; ticketIds: readonly string[] },
) {
  return trx
    .selectFrom("ticket")
    .innerJoin("seat_pool", (join) =>
      join
        .onRef("seat_pool.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("seat_pool.category", "=", "ticket.category"),
    )
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .select((eb) => eb("competition_session.state", "=", "cancelled").as("isCancelled"))
    .select([
      "ticket.id",
      "ticket.holder_account_id as holderAccountId",
      "ticket.competition_session_id as competitionSessionId",
      "ticket.offer_id as offerId",
      "ticket.price_cents as priceCents",
      "ticket.tax_cents as taxCents",
      "seat_pool.id as seatPoolId",
    ])
    .where("ticket.order_id", "=", orderId)
    .where("ticket.id", "in", ticketIds)
    .execute();
}

/** Locks tickets, in the order of their ids, until the transaction ends. */
export async function lockTicketStates(trx: Transaction<Database>, ticketIds: readonly string[]) {
  return trx
    .selectFrom("ticket")
    .select(["id", "order_id as orderId", "competition_session_id as competitionSessionId", "state", "epoch"])
    .select(["blocked_at as blockedAt", "holder_account_id as holderAccountId"])
    .where("id", "in", ticketIds)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/** Without their history: that is `changeTickets`. */
export async function updateTicketStates(
  trx: Transaction<Database>,
  tickets: readonly { id: string }[],
  state: TicketState,
): Promise<void> {
  await trx
    .updateTable("ticket")
    .set({ state })
    .where(
      "id",
      "in",
      tickets.map(({ id }) => id),
    )
    .execute();
}

/** Blocks a ticket, or lifts it (`null`). Without its history. */
export async function updateTicketBlock(
  trx: Transaction<Database>,
  ticketId: string,
  block: { at: Date; note: string } | null,
): Promise<void> {
  await trx
    .updateTable("ticket")
    .set({ blocked_at: block?.at ?? null, block_note: block?.note ?? null })
    .where("id", "=", ticketId)
    .execute();
}

/** Writes who goes in with a ticket. Without its history. */
export async function updateHolderName(trx: Transaction<Database>, ticketId: string, name: string): Promise<void> {
  await trx.updateTable("ticket").set({ holder_name: name }).where("id", "=", ticketId).execute();
}

/** When tickets changed their device or went onto paper, after a moment; the oldest first. */
export async function selectMoves(
  db: Kysely<Database>,
  { ticketIds, after }: { ticketIds: readonly string[]; after: Date },
) {
  if (ticketIds.length === 0) return [];
  return db
    .selectFrom("ticket_event")
    .innerJoin("ticket", (join) =>
      join
        .onRef("ticket.competition_session_id", "=", "ticket_event.competition_session_id")
        .onRef("ticket.id", "=", "ticket_event.ticket_id"),
    )
    .select(["ticket.id as ticketId", "ticket_event.at"])
    .where("ticket.id", "in", ticketIds)
    .where("ticket_event.kind", "in", ["moved", "printed"])
    .where("ticket_event.at", ">", after)
    .orderBy("ticket_event.at")
    .execute();
}
