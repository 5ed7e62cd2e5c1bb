import { type Database, transactionInTwoSteps } from "@tessera/db";
import type { Kysely } from "kysely";
import { selectOfferTerms } from "../catalogue/offer-terms.queries.ts";
import { type OfferTerms, toOfferTerms } from "../catalogue/offer.ts";
import type { CoreContext } from "../context.ts";
import { newIds, newReferences } from "../ids.ts";
import { toReservationState } from "./batch-facts.ts";
import {
  type AcceptedReservation,
  decideReservations,
  type ReservationDecision,
  type ReservationWish,
} from "./decide-reservations.ts";
import type { KnownOffers } from "./known-offers.ts";
import {
  accountLocks,
  batchFacts,
  requireAccounts,
  reservationWrites,
  type ReservationWrites,
  seatPoolLocks,
} from "./reservations.queries.ts";

type BatchContext = Pick<CoreContext, "db" | "clock" | "random" | "policy"> & { offers: KnownOffers };

type DecidedBatch = {
  decisions: readonly ReservationDecision[];
  /** Seats left after it, by seat pool. */
  left: ReadonlyMap<string, number>;
};

/**
 * One transaction: locks in the house's order (pools, then accounts), what is true under them, the decision, and one
 * statement that writes what is granted.
 */
export async function reserveBatch(ctx: BatchContext, wishes: readonly ReservationWish[]): Promise<DecidedBatch> {
  const [ids, references] = [newIds(ctx, wishes.length), newReferences(ctx, wishes.length)];
  const requests = wishes.map((wish, index) => ({
    ...wish,
    orderId: ids[index] ?? "",
    reference: references[index] ?? "",
  }));
  const offerIds = [...new Set(requests.flatMap(({ lines }) => lines.map(({ offerId }) => offerId)))];

  const accountIds = requests.map(({ accountId }) => accountId);

  return transactionInTwoSteps(ctx.db, async (send, connection) => {
    const [pools, accounts, [facts]] = await Promise.all([
      send(seatPoolLocks(offerIds)),
      send(accountLocks(accountIds)),
      send(batchFacts(accountIds, requests)),
    ]);
    requireAccounts(accounts, accountIds);
    const now = ctx.clock();
    const decisions = decideReservations(requests, {
      now,
      holdExpiresAt: new Date(now.getTime() + ctx.policy.holdMinutes * 60_000),
      offers: facts === undefined ? new Map() : await readOffers(ctx, connection, facts.catalogue_version, offerIds),
      left: new Map(pools.map(({ id, left }) => [id, left])),
      ...toReservationState(facts),
    });
    const accepted = decisions.filter((decision) => decision.kind === "accepted");
    const writes = accepted.length === 0 ? undefined : writesOf(ctx, now, accepted);
    const left = new Map(pools.map((pool) => [pool.id, pool.left]));
    for (const [index, id] of writes?.pools.id.entries() ?? []) {
      left.set(id, (left.get(id) ?? 0) - (writes?.pools.seats[index] ?? 0));
    }
    return { statement: writes && reservationWrites(writes), result: { decisions, left } };
  });
}

/** From memory what the catalogue's version says is unchanged, the rest from the database. */
async function readOffers(
  ctx: BatchContext,
  db: Kysely<Database>,
  version: number,
  offerIds: readonly string[],
): Promise<ReadonlyMap<string, OfferTerms>> {
  const offers = ctx.offers.of(version);
  const unknown = offerIds.filter((id) => !offers.has(id));
  if (unknown.length > 0) {
    for (const offer of toOfferTerms(await selectOfferTerms(db, unknown)).values()) offers.set(offer.id, offer);
  }
  return offers;
}

function writesOf(ctx: BatchContext, now: Date, accepted: readonly AcceptedReservation[]): ReservationWrites {
  const requests = accepted.map(({ request }) => request);
  const lines = accepted.flatMap(({ request, answer }) =>
    answer.lines.flatMap(({ offerId, granted }, index) =>
      granted === 0
        ? []
        : [{ orderId: request.orderId, offerId, granted, unitPriceCents: request.lines[index]?.unitPriceCents ?? 0 }],
    ),
  );
  const holds = accepted.flatMap(({ request, pools }) =>
    pools.map((pool) => ({ ...pool, orderId: request.orderId, accountId: request.accountId })),
  );
  const taken = new Map<string, number>();
  for (const { seatPoolId, seats } of holds) taken.set(seatPoolId, (taken.get(seatPoolId) ?? 0) + seats);
  const ids = newIds(ctx, requests.length + lines.length + holds.length);
  return {
    now,
    holdExpiresAt: new Date(now.getTime() + ctx.policy.holdMinutes * 60_000),
    pools: { id: [...taken.keys()], seats: [...taken.values()] },
    orders: {
      id: requests.map(({ orderId }) => orderId),
      reference: requests.map(({ reference }) => reference),
      accountId: requests.map(({ accountId }) => accountId),
      totalCents: accepted.map(({ answer }) => answer.totalCents),
      eventId: ids.splice(0, requests.length),
      key: requests.map(({ idempotencyKey }) => idempotencyKey),
      bodyHash: requests.map(({ bodyHash }) => bodyHash),
      answer: accepted.map(({ answer }) => JSON.stringify(answer)),
    },
    lines: {
      id: ids.splice(0, lines.length),
      orderId: lines.map(({ orderId }) => orderId),
      offerId: lines.map(({ offerId }) => offerId),
      quantity: lines.map(({ granted }) => granted),
      unitPriceCents: lines.map(({ unitPriceCents }) => unitPriceCents),
    },
    holds: {
      competitionSessionId: holds.map(({ competitionSessionId }) => competitionSessionId),
      id: ids,
      orderId: holds.map(({ orderId }) => orderId),
      accountId: holds.map(({ accountId }) => accountId),
      seatPoolId: holds.map(({ seatPoolId }) => seatPoolId),
      seats: holds.map(({ seats }) => seats),
    },
  };
}
