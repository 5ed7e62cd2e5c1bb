import { useQuery } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { EmptyState, Page, useAuthState, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { BasketLines } from "../features/basket/BasketLines.tsx";
import { HeldOrder } from "../features/basket/HeldOrder.tsx";
import { atTodaysPrice } from "../features/basket/line-news.ts";
import { obtainable, toldBy } from "../features/basket/obtainable.ts";
import { ReservationProblem } from "../features/basket/ReservationProblem.tsx";
import { ReserveBar } from "../features/basket/ReserveBar.tsx";
import { SignInToReserve } from "../features/basket/SignInToReserve.tsx";
import { TakeWhatIsLeft } from "../features/basket/TakeWhatIsLeft.tsx";
import { UnansweredNotice } from "../features/basket/UnansweredNotice.tsx";
import { useLineNews } from "../features/basket/use-line-news.ts";
import { useReservation } from "../features/basket/use-reservation.ts";
import { WaitNotice } from "../features/basket/WaitNotice.tsx";
import { changeBasket, useBasket } from "../shared/basket/basket-store.ts";
import { acceptPrice, setQuantity } from "../shared/basket/basket.ts";
import { ButtonLink } from "../shared/links.tsx";

/** What was chosen, and the way to have it kept. */
export function BasketPage(): ReactNode {
  const t = useTranslations("shop.basket");
  const trpc = useTRPC();
  const { lines, attempt } = useBasket();
  const { data: auth } = useAuthState();
  const signedIn = auth?.state === "signed_in";
  const [signingIn, setSigningIn] = useState(false);
  const orders = useQuery(trpc.tickets.sales.orders.queryOptions(undefined, { enabled: signedIn }));
  const now = useLineNews(lines, signedIn);
  const reservation = useReservation({ onStranger: () => setSigningIn(true), onRefused: now.lookAgain });
  const linesToday = lines.map((line) => atTodaysPrice(line, now.news.get(line.offerId)));
  const reserve = (partial: boolean): void => {
    setSigningIn(false);
    reservation.reserve(partial);
  };
  // The visitor has seen today's prices, and presses the button with them: before a sign-in, not after it.
  const acceptPrices = (): void => {
    // What was sent already is gone on with as it was: another price would make it another wish.
    if (attempt !== null) return;
    for (const [offerId, change] of now.news) {
      if (change.kind === "price") changeBasket((basket) => acceptPrice(basket, offerId, change.priceCents));
    }
  };
  // Another choice deserves another answer: what was said of the last one is over.
  const choose: typeof changeBasket = (change) => {
    reservation.reset();
    changeBasket(change);
  };

  if (signingIn) {
    return <SignInToReserve onSignedIn={() => reserve(false)} onBack={() => setSigningIn(false)} />;
  }

  const held = orders.data?.find(({ state }) => state === "held" || state === "awaiting_payment");
  const refusal = reservation.error === null ? undefined : apiErrorOf(reservation.error);
  const units = refusal === undefined ? now.units : obtainable(lines, toldBy(refusal, lines, now.exact));
  // Other refusals are not about what is left: taking less would not mend them.
  const someLeft =
    refusal !== undefined &&
    ["sold_out", "offer_withdrawn", "offer_not_on_sale"].includes(refusal.errorCode) &&
    lines.some((line) => (units.get(line.offerId) ?? 0) < line.quantity) &&
    lines.some((line) => (units.get(line.offerId) ?? 0) > 0);
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
          {reservation.isPending ? (
            <WaitNotice unreached={reservation.unreached} onStop={reservation.stop} />
          ) : someLeft ? (
            <TakeWhatIsLeft
              lines={linesToday}
              units={units}
              onTake={() => {
                acceptPrices();
                reserve(true);
              }}
              onKeep={reservation.reset}
            />
          ) : refusal !== undefined ? (
            <ReservationProblem error={reservation.error} lines={lines} />
          ) : (
            attempt !== null && !reservation.isSuccess && <UnansweredNotice />
          )}
          <BasketLines
            lines={lines}
            now={now}
            problemWith={refusal?.details["offerId"]}
            locked={reservation.isPending}
            onQuantity={(offerId, quantity) => choose((basket) => setQuantity(basket, offerId, quantity))}
            onPrice={(offerId, priceCents) => choose((basket) => acceptPrice(basket, offerId, priceCents))}
          />
          <ReserveBar
            lines={linesToday}
            pending={reservation.isPending || auth === undefined}
            second={someLeft}
            onReserve={() => {
              acceptPrices();
              if (signedIn) reserve(false);
              else setSigningIn(true);
            }}
          />
        </>
      )}
    </Page>
  );
}
