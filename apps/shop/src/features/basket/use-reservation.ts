import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import { useRefreshAuth, useTRPC, useTRPCClient } from "@tessera/ui";
import { useEffect, useRef, useState } from "react";
import { beginAttempt, changeBasket, forgetAttempt, type Wish } from "../../shared/basket/basket-store.ts";
import { acceptPrice, afterReservation } from "../../shared/basket/basket.ts";
import { keepMissing, missingOf } from "../../shared/missing-lines.ts";
import { useOnePress } from "../../shared/use-one-press.ts";
import { isDefinite } from "./is-definite.ts";
import { untilDefinite } from "./until-definite.ts";

/** A server that is killed while it decides never answers, and its connection may stay open for minutes. */
const longestAnswerMs = 20_000;

type ReservationOptions = {
  /** Somebody must sign in first. */
  readonly onStranger: () => void;
  /** Something was not to be had: look what is left, so that the page can say so. */
  readonly onRefused: () => Promise<unknown>;
};

/** No answer came back, and none was cut short by us: the network is away, and no crowd. */
function isUnreached(failure: unknown): boolean {
  return failure instanceof Error && failure.cause instanceof TypeError;
}

/**
 * Reserves what is in the basket and goes to the order. It is tried under the same key until the answer is definite or
 * the visitor stops; then the basket is empty, since its seats are the order's.
 */
export function useReservation({ onStranger, onRefused }: ReservationOptions) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const refreshAuth = useRefreshAuth();
  const stopped = useRef(new AbortController());
  const left = useRef(new AbortController());
  const [unreached, setUnreached] = useState(false);
  useEffect(() => {
    left.current = new AbortController();
    // Whoever leaves the page hears the answer that is on its way, is led nowhere, and can go on with the wish later.
    return () => left.current.abort();
  }, []);

  const lookAtOrders = (): void => void queryClient.invalidateQueries(trpc.tickets.sales.orders.queryFilter());

  const { mutateAsync, isPending, isPaused, isSuccess, error, reset } = useMutation({
    mutationFn: async (partial: boolean) => {
      const wish = beginAttempt(partial);
      if (wish === undefined) return undefined;
      setUnreached(false);
      stopped.current = new AbortController();
      const { signal } = stopped.current;
      const answer = await untilDefinite((again) => reserve(wish, again, signal), {
        signal: AbortSignal.any([signal, left.current.signal]),
      });
      return { wish, answer };
    },
    onSuccess: async (granted) => {
      lookAtOrders();
      if (granted === undefined) return;
      const { wish, answer } = granted;
      keepMissing(answer.orderId, missingOf(wish.lines, answer));
      if (!left.current.signal.aborted) {
        await navigate({ to: "/orders/$orderId", params: { orderId: answer.orderId } });
      }
      changeBasket((basket) => afterReservation(basket, wish.idempotencyKey, wish.lines));
    },
    onError: async (failure) => {
      const { errorCode, details } = apiErrorOf(failure);
      // It may have been granted all the same; then it is among the orders.
      if (!isDefinite(errorCode)) lookAtOrders();
      if (errorCode === "price_changed") {
        const { offerId, priceCents } = details;
        if (typeof offerId === "string" && typeof priceCents === "number") {
          changeBasket((basket) => acceptPrice(basket, offerId, priceCents));
        }
      }
      if (errorCode === "not_signed_in" || errorCode === "second_factor_required") {
        await refreshAuth();
        onStranger();
      }
    },
  });

  async function reserve(wish: Wish, again: boolean, signal: AbortSignal) {
    const { idempotencyKey, partial, lines, retry } = wish;
    try {
      return await client.tickets.sales.reserve.mutate(
        {
          idempotencyKey,
          partial,
          retry: retry || again,
          lines: lines.map(({ offerId, quantity, unitPriceCents }) => ({ offerId, quantity, unitPriceCents })),
        },
        { signal: AbortSignal.any([signal, AbortSignal.timeout(longestAnswerMs)]) },
      );
    } catch (failure) {
      setUnreached(isUnreached(failure));
      if (isDefinite(apiErrorOf(failure).errorCode)) {
        forgetAttempt(idempotencyKey);
        // The server knows better than what this page has read of the catalogue.
        void queryClient.invalidateQueries(trpc.tickets.catalogue.competitionSession.queryFilter());
        await onRefused().catch(() => undefined);
      }
      throw failure;
    }
  }

  return {
    /** `partial`: the visitor agrees to get only what is left. Deaf while a wish is under way. */
    reserve: useOnePress(mutateAsync),
    /** Stops trying; what was sent may still be granted, and is gone on with when one reserves again. */
    stop: () => stopped.current.abort(),
    reset,
    isPending,
    /** The last try had no answer from the server, not even that it is too busy. */
    unreached: unreached || isPaused,
    isSuccess,
    error,
  };
}
