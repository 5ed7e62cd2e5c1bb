import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isForSeveral } from "../features/hand-over/together.ts";
import { MissingLines } from "../features/orders/MissingLines.tsx";
import { hasTickets, lookAgainMs, standingOf, ticketCount, titleOf } from "../features/orders/order-facts.ts";
import { OrderLines } from "../features/orders/OrderLines.tsx";
import { OrderStatus } from "../features/orders/OrderStatus.tsx";
import { OrderTickets } from "../features/orders/OrderTickets.tsx";
import { Refunds } from "../features/orders/Refunds.tsx";
import { PrintOrder } from "../features/tickets/PrintOrder.tsx";
import { changeBasket } from "../shared/basket/basket-store.ts";
import { addLine, linesOfOrder } from "../shared/basket/basket.ts";
import { ClosingMark } from "../shared/ClosingMark.tsx";
import { givenOf } from "../shared/hand-overs.ts";
import { ButtonLink, TextLink } from "../shared/links.tsx";
import { missingFrom } from "../shared/missing-lines.ts";
import { Private } from "../shared/Private.tsx";
import { useHandOvers } from "../shared/use-hand-overs.ts";
import { useServerClock } from "../shared/use-server-clock.ts";

const route = getRouteApi("/orders/$orderId");

const ticketsEveryMs = 30_000;

/** One order, from the held seats to the tickets. */
export function OrderPage(): ReactNode {
  const t = useTranslations("shop.order");
  return (
    <Private title={t("listTitle")}>
      <OrderOfVisitor />
    </Private>
  );
}

function OrderOfVisitor(): ReactNode {
  const t = useTranslations("shop.order");
  const companions = useTranslations("shop.companions");
  const trpc = useTRPC();
  const navigate = useNavigate();
  const { orderId } = route.useParams();
  const { now } = useServerClock();
  const { data, error, isPending, refetch } = useQuery(
    trpc.tickets.sales.order.queryOptions(
      { orderId },
      {
        refetchInterval: ({ state }) => lookAgainMs(state.data, now(), state.dataUpdateCount),
        refetchOnMount: "always",
        refetchOnWindowFocus: "always",
      },
    ),
  );
  const withTickets = data !== undefined && hasTickets(data);
  const tickets = useQuery(
    trpc.tickets.tickets.mine.queryOptions(
      { orderId },
      // A part that is refunded takes tickets away.
      { enabled: withTickets, refetchOnMount: "always", refetchInterval: withTickets ? ticketsEveryMs : false },
    ),
  );

  const handOvers = useHandOvers();

  if (data === undefined) {
    const unknown = error !== null && ["not_found", "invalid_input"].includes(apiErrorOf(error).errorCode);
    return (
      <Page title={t("listTitle")}>
        {isPending ? (
          <LoadingState label={t("loading")} />
        ) : unknown ? (
          <EmptyState
            pictogram="search"
            title={t("unknownTitle")}
            text={t("unknownText")}
            action={<ButtonLink to="/orders">{t("toAllOrders")}</ButtonLink>}
          />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }

  const ofOrder = withTickets ? (tickets.data ?? []) : [];
  const given = givenOf(handOvers.data ?? [], data.id, new Set(ofOrder.map(({ id }) => id)));
  const good =
    tickets.data === undefined ? ticketCount(data) : ofOrder.filter(({ state }) => state !== "cancelled").length;
  return (
    <Page
      title={t(titleOf(data))}
      over={
        <>
          <TextLink to="/orders">{t("listTitle")}</TextLink> / <span className="tabular">{data.reference}</span>
        </>
      }
      sign={<ClosingMark closed={standingOf(data) === "paid"} />}
    >
      <OrderStatus
        order={data}
        tickets={good}
        given={good === 0 ? given.length : 0}
        now={now}
        onChanged={() => void refetch()}
        onAgain={() => {
          changeBasket((basket) => linesOfOrder(data).reduce(addLine, basket));
          void navigate({ to: "/basket" });
        }}
      />
      <Refunds order={data} />
      <MissingLines missing={missingFrom(data.id)} />
      <OrderTickets tickets={ofOrder} given={given}>
        {isForSeveral(ofOrder) && (
          <ButtonLink to="/companions" search={{ order: data.id }} variant="subtle" color="ink">
            {companions("link")}
          </ButtonLink>
        )}
        <PrintOrder tickets={ofOrder} />
      </OrderTickets>
      <OrderLines order={data} />
    </Page>
  );
}
