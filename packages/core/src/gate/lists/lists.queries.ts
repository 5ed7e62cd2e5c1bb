import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { offerNameColumns } from "../../catalogue/rows.ts";
import type { ChangeSnapshot, ListCursor } from "./list-cursor.ts";

/** One state of the database for all statements of `read`. */
export function inOneSnapshot<Result>(
  db: Kysely<Database>,
  read: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(read);
}

/** Which transactions the snapshot of this transaction has seen the end of. */
export async function selectSnapshot(trx: Transaction<Database>): Promise<ChangeSnapshot> {
  const { rows } = await sql<{ xmin: string; xmax: string }>`
    select pg_snapshot_xmin(snapshot)::text as xmin, pg_snapshot_xmax(snapshot)::text as xmax
    from pg_current_snapshot() as snapshot`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error("PostgreSQL names no snapshot");
  return { xmin: BigInt(row.xmin), xmax: BigInt(row.xmax) };
}

/** How many tickets a fresh list has. */
export async function countTickets(trx: Transaction<Database>, competitionSessionId: string): Promise<number> {
  const { count } = await trx
    .selectFrom("ticket")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("competition_session_id", "=", competitionSessionId)
    .executeTakeFirstOrThrow();
  return count;
}

/** A page of all tickets, in the order of their ids; one more than `limit` if there are more. */
export async function selectTicketPage(
  trx: Transaction<Database>,
  page: { competitionSessionId: string; after: string | null; limit: number },
) {
  return listedTickets(trx, page.competitionSessionId)
    .$if(page.after !== null, (query) => query.where("ticket.id", ">", page.after))
    .orderBy("ticket.id")
    .limit(page.limit + 1)
    .execute();
}

/**
 * Tickets that have changed since, in the order of their changes; one more than `limit` if there are more. What a database
 * brought along from a former life, in which transactions had higher numbers, has not changed.
 */
export async function selectChangedTickets(
  trx: Transaction<Database>,
  changes: { competitionSessionId: string; since: ListCursor; before: bigint; limit: number },
) {
  const { xid, after } = changes.since;
  const since =
    after === null
      ? sql<boolean>`ticket.changed_xid >= ${String(xid)}::xid8`
      : sql<boolean>`(ticket.changed_xid, ticket.id) > (${String(after.xid)}::xid8, ${after.ticketId}::uuid)`;
  return listedTickets(trx, changes.competitionSessionId)
    .where(since)
    .where(sql<boolean>`ticket.changed_xid < ${String(changes.before)}::xid8`)
    .orderBy("ticket.changed_xid")
    .orderBy("ticket.id")
    .limit(changes.limit + 1)
    .execute();
}

/** Tickets with the pass of their epoch, their first entry, and whoever went in or out last. */
function listedTickets(trx: Transaction<Database>, competitionSessionId: string) {
  return trx
    .selectFrom("ticket")
    .innerJoin("offer", "offer.id", "ticket.offer_id")
    .innerJoin("order", "order.id", "ticket.order_id")
    .innerJoin("ticket_epoch", (join) =>
      join
        .onRef("ticket_epoch.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("ticket_epoch.ticket_id", "=", "ticket.id")
        .onRef("ticket_epoch.epoch", "=", "ticket.epoch"),
    )
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom("passage")
          .whereRef("passage.competition_session_id", "=", "ticket.competition_session_id")
          .whereRef("passage.ticket_id", "=", "ticket.id")
          .where("passage.direction", "=", "in")
          .select(["passage.scan_id", "passage.at", "passage.gate_id", "passage.by_hand"])
          .orderBy("passage.at")
          .orderBy("passage.ordinal")
          .limit(1)
          .as("first"),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom("passage")
          .whereRef("passage.competition_session_id", "=", "ticket.competition_session_id")
          .whereRef("passage.ticket_id", "=", "ticket.id")
          .select(["passage.scan_id", "passage.at", "passage.gate_id", "passage.by_hand", "passage.direction"])
          .orderBy("passage.at", "desc")
          .orderBy("passage.ordinal", "desc")
          .limit(1)
          .as("last"),
      (join) => join.onTrue(),
    )
    .where("ticket.competition_session_id", "=", competitionSessionId)
    .select([
      "ticket.id",
      "ticket.reference",
      "ticket.state",
      "ticket.blocked_at",
      "ticket.epoch",
      "ticket.zone",
      "ticket.category",
      "ticket.holder_name",
      "ticket.changed_xid",
      "order.reference as order_reference",
      "ticket_epoch.pass_sha256",
      "first.scan_id as first_scan_id",
      "first.at as first_at",
      "first.gate_id as first_gate_id",
      "first.by_hand as first_by_hand",
      "last.scan_id as last_scan_id",
      "last.at as last_at",
      "last.gate_id as last_gate_id",
      "last.by_hand as last_by_hand",
      "last.direction as last_direction",
      ...offerNameColumns,
    ]);
}

/** Gates that a list must name although they are not its venue's: somebody went through them before it moved. */
export async function selectGatesById(trx: Transaction<Database>, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return trx.selectFrom("gate").select(["id", "code", "name"]).where("id", "in", ids).orderBy("code").execute();
}
