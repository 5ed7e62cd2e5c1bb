import type { BasketLine, Reservation } from "@tessera/contracts";
import { isOutage } from "@tessera/db";
import { createBatchQueue } from "../batch-queue.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { bodyHashOf } from "../idempotency/idempotent.ts";
import type { Actor } from "../ports.ts";
import { keyOf, type ReservationDecision, type Reservations, type ReservationWish } from "./decide-reservations.ts";
import { createKnownOffers } from "./known-offers.ts";
import { reserveBatch } from "./reserve-batch.ts";
import { createSeatsSeen } from "./seats-seen.ts";
import { createWishRate } from "./wish-rate.ts";

export function createReservations(ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">): Reservations {
  const offers = createKnownOffers();
  const seats = createSeatsSeen();
  const countWish = createWishRate(ctx.clock);
  const underWay = new Set<string>();
  const queue = createBatchQueue<ReservationWish, ReservationDecision>({
    async run(wishes) {
      const { decisions, left } = await reserveBatch({ ...ctx, offers }, wishes);
      seats.note(left, ctx.clock());
      return decisions;
    },
    failsAll: isOutage,
  });

  return {
    async reserve({ accountId, idempotencyKey, lines, partial, retry }) {
      countWish(accountId);
      const inVain = retry ? undefined : seats.refusal({ lines, partial }, offers.latest(), ctx.clock());
      if (inVain !== undefined) throw new CodedError(inVain.code, inVain.details);
      const key = keyOf({ accountId, idempotencyKey });
      if (underWay.has(key)) throw new CodedError("request_under_way");
      underWay.add(key);
      try {
        const bodyHash = bodyHashOf(bodyOf(lines, partial)).toString("hex");
        const decision = await queue.submit({ accountId, idempotencyKey, bodyHash, lines, partial });
        if (decision.kind === "refused") throw new CodedError(decision.code, decision.details);
        return decision.answer;
      } catch (error) {
        // It may have been committed: the same key, sent again, tells.
        throw isOutage(error) ? new CodedError("unavailable", {}, { cause: error }) : error;
      } finally {
        underWay.delete(key);
      }
    },
    areWaiting: () => queue.waiting() > 0,
  };
}

/**
 * Sets seats aside for one buyer: all lines or nothing; with `partial`, of each line what can be had. The hold lives for
 * the policy's minutes, and the answer says until when. The same idempotency key gives the same answer again, whatever
 * has become of the order.
 *
 * Errors: `sold_out`, `limit_reached`, `price_changed`, `offer_withdrawn`, `offer_not_on_sale` (each with its details),
 * `idempotency_key_reused`, `request_under_way` (ask again with the same key), `too_many_requests`, and `unavailable` when
 * the database went away: the seats may be held, and the same key tells.
 */
export async function reserveSeats(
  ctx: Pick<CoreContext, "reservations">,
  { accountId }: Pick<Actor, "accountId">,
  input: { idempotencyKey: string; lines: readonly BasketLine[]; partial?: boolean; retry?: boolean },
): Promise<Reservation> {
  const { idempotencyKey, lines, partial = false, retry = false } = input;
  return ctx.reservations.reserve({ accountId, idempotencyKey, lines, partial, retry });
}

/** The order of the lines makes no other wish. */
function bodyOf(lines: readonly BasketLine[], partial: boolean): unknown {
  const sorted = lines.map(({ offerId, quantity, unitPriceCents }) => [offerId, quantity, unitPriceCents] as const);
  return { lines: sorted.toSorted(([one], [other]) => (one < other ? -1 : 1)), partial };
}
