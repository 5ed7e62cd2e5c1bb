import { setTimeout as delay } from "node:timers/promises";
import type { Granted, Memory } from "./memory.ts";
import type { Finding } from "./report.ts";
import type { Stage } from "./stage.ts";

type StoredOrder = {
  id: string;
  accountId: string;
  reference: string;
  state: string;
  totalCents: number;
  tickets: number;
  chargedCents: number;
  refundedCents: number;
};

const lookAgainMs = 100;
/** Refunds go out some seconds after they were asked for. */
const refundPatienceMs = 30_000;

/** Counts what is there, row by row, and compares it with what buyers were told: not with the product's own counters. */
export async function count(
  stage: Stage,
  memory: Memory,
  { stillWaiting }: { stillWaiting: number },
): Promise<{ findings: Finding[] }> {
  await untilRefunded(stage);
  const orders = await readOrders(stage);
  const findings = [
    ...(await countSeats(stage, stillWaiting)),
    ...checkOrders(orders, memory.granted),
    ...checkMoney(orders),
    ...memory.surprises.map((what): Finding => ({ kind: "surprise", times: 1, what })),
  ];
  return { findings };
}

/** Seats by tickets and live holds. */
async function countSeats({ records }: Stage, stillWaiting: number): Promise<Finding[]> {
  const pools = await records.query<{ id: string; capacity: number; counter: number; seats: number }>(`
    select id, capacity, taken as counter, (
      select count(*) from ticket
      where ticket.competition_session_id = seat_pool.competition_session_id
        and ticket.category = seat_pool.category and ticket.state <> 'cancelled'
    )::integer + (
      select coalesce(sum(hold.seats), 0) from hold where hold.seat_pool_id = seat_pool.id and hold.state = 'held'
    )::integer as seats
    from seat_pool`);
  return pools.flatMap(({ id, capacity, counter, seats }): Finding[] => [
    ...(seats > capacity
      ? [{ kind: "oversold" as const, times: seats - capacity, what: `${seats} of ${capacity} seats in pool ${id}` }]
      : []),
    ...(seats < capacity && stillWaiting > 0
      ? [{ kind: "unsold" as const, times: capacity - seats, what: `${seats} of ${capacity} seats in pool ${id}` }]
      : []),
    ...(seats === counter
      ? []
      : [{ kind: "surprise" as const, times: 1, what: `pool ${id} counts ${counter} and has ${seats} seats taken` }]),
  ]);
}

function checkOrders(orders: readonly StoredOrder[], granted: readonly Granted[]): Finding[] {
  const byId = new Map(orders.map((order) => [order.id, order]));
  const known = new Set(granted.map(({ reservation }) => reservation.orderId));
  const lost = granted.flatMap((one): Finding[] => {
    const why = whyLost(one, byId.get(one.reservation.orderId));
    return why === undefined ? [] : [{ kind: "lost", times: 1, what: `order ${one.reservation.orderId} ${why}` }];
  });
  // Every buyer asked until it was told, and so an order that nobody was told of is a second one.
  const untold = orders
    .filter(({ id }) => !known.has(id))
    .map(({ id, state }): Finding => ({ kind: "doubled", times: 1, what: `nobody was told of order ${id}, ${state}` }));
  // Who has paid wants nothing more.
  const paid = orders.filter(({ state }) => state === "paid");
  const twice = paid.length - new Set(paid.map(({ accountId }) => accountId)).size;
  return [
    ...lost,
    ...untold,
    ...(twice > 0 ? [{ kind: "doubled" as const, times: twice, what: "buyers who have paid for two orders" }] : []),
  ];
}

function whyLost({ account, reservation, seats, paid }: Granted, order: StoredOrder | undefined): string | undefined {
  if (order === undefined) return "is not there";
  if (order.accountId !== account.accountId) return "is somebody else's";
  if (order.reference !== reservation.reference || order.totalCents !== reservation.totalCents) return "is another";
  if (!paid) return undefined;
  if (order.state === "refunded" && order.refundedCents === order.chargedCents) return undefined;
  if (order.state !== "paid") return `was paid and is ${order.state}`;
  return order.tickets === seats ? undefined : `was paid for ${seats} seats and has ${order.tickets} tickets`;
}

/** What the provider keeps in the end is the price of what is paid, and nothing for anything else. */
function checkMoney(orders: readonly StoredOrder[]): Finding[] {
  return orders.flatMap(({ id, state, totalCents, chargedCents, refundedCents }): Finding[] => {
    const due = state === "paid" ? totalCents : 0;
    const kept = chargedCents - refundedCents;
    if (kept === due) return [];
    const what = `order ${id} is ${state}: ${due} cents are due, and ${kept} were taken`;
    return [{ kind: kept > due ? "doubled" : "lost", times: 1, what }];
  });
}

/** Money by the provider's books. */
async function readOrders({ records }: Stage): Promise<StoredOrder[]> {
  return records.query<StoredOrder>(`
    select "order".id, account_id as "accountId", reference, state, total_cents as "totalCents",
      (select count(*) from ticket where order_id = "order".id and state <> 'cancelled')::integer as tickets,
      (
        select coalesce(sum(demo_checkout.amount_cents), 0)
        from payment join demo_checkout on demo_checkout.payment_id = payment.id
        where payment.order_id = "order".id and demo_checkout.state = 'paid'
      )::integer as "chargedCents",
      (
        select coalesce(sum(demo_refund.amount_cents), 0)
        from payment join demo_refund on demo_refund.payment_id = payment.id
        where payment.order_id = "order".id
      )::integer as "refundedCents"
    from "order"`);
}

async function untilRefunded({ records }: Stage): Promise<void> {
  const deadline = performance.now() + refundPatienceMs;
  while (performance.now() < deadline) {
    const [open] = await records.query<{ refunds: number }>(
      "select count(*)::integer as refunds from refund where state in ('requested', 'sent')",
    );
    if (open?.refunds === 0) return;
    await delay(lookAgainMs);
  }
}
