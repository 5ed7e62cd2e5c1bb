import { createHash } from "node:crypto";
import type { BasketLine } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { selectOfferTerms } from "../catalogue/offer-terms.queries.ts";
import { toOfferTerms } from "../catalogue/offer.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId, newReference } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { createBatchQueue } from "./batch-queue.ts";
import {
  decideReservations,
  keyOf,
  type ReservationAnswer,
  type ReservationDecision,
  type ReservationRequest,
  type Reservations,
  type ReservationState,
} from "./decide-reservations.ts";
import { type OrderFacts, readOrdersOfBatch } from "./read-orders.ts";
import {
  lockAccounts,
  lockSeatPools,
  type ReservationWrites,
  selectGrantedKeys,
  selectSeatPoolsOfOffers,
  writeReservations,
} from "./reservations.queries.ts";
import { readSalesSettings } from "./sales-settings.ts";
import { readSeatCounts } from "./seat-counts.ts";

type ReservationContext = Pick<CoreContext, "db" | "clock" | "random" | "policy">;

export function createReservations(ctx: ReservationContext): Reservations {
  return createBatchQueue({ run: (requests: readonly ReservationRequest[]) => reserveBatch(ctx, requests) });
}

/**
 * Sets seats aside for one buyer: all lines or nothing. The hold lives for the policy's minutes, and the order says until
 * when. The same idempotency key gives the same order again.
 *
 * Errors: `sold_out`, `limit_reached`, `price_changed`, `offer_withdrawn`, `offer_not_on_sale` (each with its details),
 * `idempotency_key_reused`.
 */
export async function reserveSeats(
  ctx: Pick<CoreContext, "clock" | "random" | "reservations">,
  actor: Pick<Actor, "accountId">,
  input: { idempotencyKey: string; lines: readonly BasketLine[] },
): Promise<OrderFacts> {
  const answer = await ctx.reservations.submit({
    accountId: actor.accountId,
    idempotencyKey: input.idempotencyKey,
    bodyHash: hashOf(input.lines),
    orderId: newId(ctx),
    lines: input.lines,
  });
  if (answer.kind === "refused") throw new CodedError(answer.code, answer.details);
  return answer.order;
}

function hashOf(lines: readonly BasketLine[]): string {
  const wish = lines
    .map(({ offerId, quantity, unitPriceCents }) => `${offerId} ${quantity} ${unitPriceCents}`)
    .toSorted();
  return createHash("sha256").update(wish.join("\n")).digest("hex");
}

/** Decides a batch and, after its commit, reads all of its orders at once for the answers. */
async function reserveBatch(
  ctx: ReservationContext,
  requests: readonly ReservationRequest[],
): Promise<readonly ReservationAnswer[]> {
  const decisions = await decideBatch(ctx, requests);
  const orderIds = decisions.map(orderIdOf).filter((id) => id !== undefined);
  const orders = new Map((await readOrdersOfBatch(ctx, orderIds)).map((order) => [order.id, order]));
  return decisions.map((decision) => {
    if (decision.kind === "refused") return decision;
    const order = orders.get(orderIdOf(decision) ?? "");
    if (order === undefined) throw new Error("an order that was granted is not there");
    return { kind: "granted", order };
  });
}

function orderIdOf(decision: ReservationDecision): string | undefined {
  if (decision.kind === "refused") return undefined;
  return decision.kind === "accepted" ? decision.request.orderId : decision.orderId;
}

/** One transaction: locks in the house's order (pools, then accounts), then what is true now, then the decision. */
async function decideBatch(
  ctx: ReservationContext,
  requests: readonly ReservationRequest[],
): Promise<readonly ReservationDecision[]> {
  return ctx.db.transaction().execute(async (trx) => {
    const offerIds = requests.flatMap(({ lines }) => lines.map(({ offerId }) => offerId));
    const accountIds = requests.map(({ accountId }) => accountId);
    const pools = await selectSeatPoolsOfOffers(trx, offerIds);
    const levels =
      pools.length === 0
        ? []
        : await lockSeatPools(
            trx,
            pools.map(({ seat_pool_id: id }) => id),
          );
    await lockAccounts(trx, accountIds);

    const now = ctx.clock();
    const decisions = decideReservations(requests, {
      now,
      limits: (await readSalesSettings({ db: trx })).limits,
      offers: toOfferTerms(await selectOfferTerms(trx, offerIds)),
      left: new Map(levels.map(({ id, capacity, taken }) => [id, capacity - taken])),
      seats: await readSeatCounts(trx, accountIds),
      granted: await readGrantedKeys(trx, requests),
    });
    const accepted = decisions.filter((decision) => decision.kind === "accepted");
    if (accepted.length > 0) await writeReservations(trx, writesOf(ctx, now, accepted));
    return decisions;
  });
}

async function readGrantedKeys(
  trx: Transaction<Database>,
  requests: readonly ReservationRequest[],
): Promise<ReservationState["granted"]> {
  const rows = await selectGrantedKeys(trx, requests);
  return new Map(
    rows.map((row) => [
      keyOf({ accountId: row.account_id, idempotencyKey: row.key }),
      { bodyHash: row.body_hash.toString("hex"), orderId: row.order_id },
    ]),
  );
}

type Accepted = Extract<ReservationDecision, { kind: "accepted" }>;

function writesOf(ctx: ReservationContext, now: Date, accepted: readonly Accepted[]): ReservationWrites {
  const orders = accepted.map(({ request, totalCents }) => ({ ...request, totalCents }));
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ ...line, orderId: order.orderId })));
  const holds = accepted.flatMap(({ request, pools }) => pools.map((pool) => ({ ...pool, ...request })));
  const taken = new Map<string, number>();
  for (const { seatPoolId, seats } of holds) taken.set(seatPoolId, (taken.get(seatPoolId) ?? 0) + seats);
  return {
    now,
    holdExpiresAt: new Date(now.getTime() + ctx.policy.holdMinutes * 60_000),
    pools: { id: [...taken.keys()], seats: [...taken.values()] },
    orders: {
      id: orders.map(({ orderId }) => orderId),
      reference: orders.map(() => newReference(ctx)),
      accountId: orders.map(({ accountId }) => accountId),
      totalCents: orders.map(({ totalCents }) => totalCents),
      eventId: orders.map(() => newId(ctx)),
    },
    lines: {
      id: lines.map(() => newId(ctx)),
      orderId: lines.map(({ orderId }) => orderId),
      offerId: lines.map(({ offerId }) => offerId),
      quantity: lines.map(({ quantity }) => quantity),
      unitPriceCents: lines.map(({ unitPriceCents }) => unitPriceCents),
    },
    holds: {
      competitionSessionId: holds.map(({ competitionSessionId }) => competitionSessionId),
      id: holds.map(() => newId(ctx)),
      orderId: holds.map(({ orderId }) => orderId),
      accountId: holds.map(({ accountId }) => accountId),
      seatPoolId: holds.map(({ seatPoolId }) => seatPoolId),
      seats: holds.map(({ seats }) => seats),
    },
    keys: {
      accountId: orders.map(({ accountId }) => accountId),
      key: orders.map(({ idempotencyKey }) => idempotencyKey),
      bodyHash: orders.map(({ bodyHash }) => Buffer.from(bodyHash, "hex")),
      orderId: orders.map(({ orderId }) => orderId),
    },
  };
}
