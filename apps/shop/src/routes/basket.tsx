import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import { EmptyState, Page, useAuthState, useRefreshAuth, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { BasketLines } from "../features/basket/BasketLines.tsx";
import { HeldOrder } from "../features/basket/HeldOrder.tsx";
import { isDefinite } from "../features/basket/is-definite.ts";
import { atTodaysPrice } from "../features/basket/line-news.ts";
import { ReservationProblem } from "../features/basket/ReservationProblem.tsx";
import { ReserveBar } from "../features/basket/ReserveBar.tsx";
import { SignInToReserve } from "../features/basket/SignInToReserve.tsx";
import { useLineNews } from "../features/basket/use-line-news.ts";
import { changeBasket, forgetAttempt, readBasket, reservationKey, useBasket } from "../shared/basket/basket-store.ts";
import { acceptPrice, emptyBasket, setQuantity } from "../shared/basket/basket.ts";
import { ButtonLink } from "../shared/links.tsx";
import { useOnePress } from "../shared/use-one-press.ts";

/** What was chosen, and the way to have it kept. */
export function BasketPage(): ReactNode {
  const t = useTranslations("shop.basket");
  const trpc = useTRPC();
  const { lines } = useBasket();
  const { data: auth } = useAuthState();
  const signedIn = auth?.state === "signed_in";
  const [signingIn, setSigningIn] = useState(false);
  const orders = useQuery(trpc.tickets.sales.orders.queryOptions(undefined, { enabled: signedIn }));
  const reservation = useReservation(() => setSigningIn(true));
  const news = useLineNews(lines);
  const linesToday = lines.map((line) => atTodaysPrice(line, news.get(line.offerId)));
  const reserveOnce = useOnePress(reservation.mutateAsync);
  const reserve = (): void => {
    setSigningIn(false);
    reserveOnce();
  };
  // The visitor has seen today's prices, and presses the button with them: before a sign-in, not after it.
  const acceptPrices = (): void => {
    for (const [offerId, change] of news) {
      if (change.kind === "price") changeBasket((basket) => acceptPrice(basket, offerId, change.priceCents));
    }
  };

  if (signingIn) {
    return <SignInToReserve onSignedIn={reserve} onBack={() => setSigningIn(false)} />;
  }

  const held = orders.data?.find(({ state }) => state === "held" || state === "awaiting_payment");
  return (
    <Page title={t("title")}>
      {held !== undefined && <HeldOrder order={held} first={lines.length === 0} />}
      {lines.length === 0 && !reservation.isSuccess ? (
        <EmptyState
          pictogram="basket"
          title={t("emptyTitle")}
          text={t("emptyText")}
          action={
            <ButtonLink to="/" {...(held === undefined ? {} : { variant: "outline", color: "ink" })}>
              {t("toProgramme")}
            </ButtonLink>
          }
        />
      ) : (
        <>
          <ReservationProblem error={reservation.error} lines={lines} />
          <BasketLines
            lines={lines}
            news={news}
            problemWith={reservation.error === null ? undefined : apiErrorOf(reservation.error).details["offerId"]}
            onQuantity={(offerId, quantity) => changeBasket((basket) => setQuantity(basket, offerId, quantity))}
          />
          <ReserveBar
            lines={linesToday}
            pending={reservation.isPending || auth === undefined}
            onReserve={() => {
              acceptPrices();
              if (signedIn) reserve();
              else setSigningIn(true);
            }}
          />
        </>
      )}
    </Page>
  );
}

/** Reserves what is in the basket and goes to the order. The basket is empty then: its seats are the order's. */
function useReservation(onStranger: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const refreshAuth = useRefreshAuth();
  const { mutateAsync } = useMutation(trpc.tickets.sales.reserve.mutationOptions());
  return useMutation({
    networkMode: "always",
    mutationFn: () =>
      mutateAsync({
        idempotencyKey: reservationKey(),
        lines: readBasket().lines.map(({ offerId, quantity, unitPriceCents }) => ({
          offerId,
          quantity,
          unitPriceCents,
        })),
      }),
    onSuccess: async (order) => {
      queryClient.setQueryData(trpc.tickets.sales.order.queryKey({ orderId: order.id }), order);
      void queryClient.invalidateQueries(trpc.tickets.sales.orders.queryFilter());
      await navigate({ to: "/orders/$orderId", params: { orderId: order.id } });
      changeBasket(() => emptyBasket);
    },
    onError: async (error) => {
      const { errorCode, details } = apiErrorOf(error);
      if (isDefinite(errorCode)) {
        forgetAttempt();
        // The server knows better than what this page has read of the catalogue.
        void queryClient.invalidateQueries(trpc.tickets.catalogue.competitionSession.queryFilter());
      }
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
}
