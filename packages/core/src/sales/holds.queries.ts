import type { Database } from "@tessera/db";
import { sql, type Transaction } from "kysely";

type Seats = { seatPoolId: string; seats: number };

export async function selectHolds(trx: Transaction<Database>, orderId: string) {
  return trx
    .selectFrom("hold")
    .innerJoin("competition_session", "competition_session.id", "hold.competition_session_id")
    .select([
      "hold.competition_session_id",
      "hold.seat_pool_id",
      "hold.seats",
      "competition_session.ceremony",
      "competition_session.state as competition_session_state",
      "competition_session.ends_at",
    ])
    .where("hold.order_id", "=", orderId)
    .orderBy("hold.seat_pool_id")
    .execute();
}

/** Which pools an order has had seats in: that never changes. */
export async function selectHeldPoolIds(trx: Transaction<Database>, orderId: string): Promise<string[]> {
  const rows = await trx.selectFrom("hold").select("seat_pool_id").where("order_id", "=", orderId).execute();
  return rows.map(({ seat_pool_id: id }) => id);
}

export async function updateHolds(
  trx: Transaction<Database>,
  orderId: string,
  state: "held" | "issued" | "released",
): Promise<void> {
  await trx.updateTable("hold").set({ state }).where("order_id", "=", orderId).execute();
}

/** Changes how many seats are taken. The pools are locked (`lockSeatPools`) by the same transaction. */
export async function addTaken(trx: Transaction<Database>, pools: readonly Seats[]): Promise<void> {
  await sql`
    update seat_pool set taken = seat_pool.taken + change.seats
    from (
      select id, sum(seats)::integer as seats
      from unnest(${pools.map(({ seatPoolId }) => seatPoolId)}::uuid[], ${pools.map(({ seats }) => seats)}::integer[])
        as one (id, seats)
      group by id
    ) as change
    where seat_pool.id = change.id`.execute(trx);
}

/** Takes seats out of an order's holds, so that they no longer count for its buyer; an empty hold is released. */
export async function reduceHolds(trx: Transaction<Database>, orderId: string, pools: readonly Seats[]): Promise<void> {
  await sql`
    update hold set
      state = case when hold.seats > fewer.seats then hold.state else 'released' end,
      seats = case when hold.seats > fewer.seats then hold.seats - fewer.seats else hold.seats end
    from (
      select id, sum(seats)::smallint as seats
      from unnest(${pools.map(({ seatPoolId }) => seatPoolId)}::uuid[], ${pools.map(({ seats }) => seats)}::integer[])
        as one (id, seats)
      group by id
    ) as fewer
    where hold.order_id = ${orderId} and hold.seat_pool_id = fewer.id and hold.state = 'issued'`.execute(trx);
}
