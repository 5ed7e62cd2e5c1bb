import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import type { AdminOrder } from "@tessera/contracts";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { OrderFacts } from "../features/orders/OrderFacts.tsx";
import { OrderHistory } from "../features/orders/OrderHistory.tsx";
import { OrderLines } from "../features/orders/OrderLines.tsx";
import { OrderPayments } from "../features/orders/OrderPayments.tsx";
import { OrderRefunds } from "../features/orders/OrderRefunds.tsx";
import { OrderTickets } from "../features/orders/OrderTickets.tsx";
import { ButtonLink, TextLink } from "../shared/links.tsx";

const route = getRouteApi("/orders/$orderId");
const refreshMs = 10_000;
/** Money that was just asked for is on its way a moment later. */
const movingMs = 1_500;

/** One order: whose it is, what it gave, where its money is, and what happened to it. */
export function OrderPage(): ReactNode {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const { orderId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(
    trpc.admin.sales.order.queryOptions(
      { orderId },
      { refetchInterval: ({ state }) => (isMoving(state.data) ? movingMs : refreshMs) },
    ),
  );
  const over = <TextLink to="/orders">{t("nav.orders")}</TextLink>;
  if (data === undefined) {
    const unknown = error !== null && ["not_found", "invalid_input"].includes(apiErrorOf(error).errorCode);
    return (
      <Page title={t("order.title")} over={over}>
        {isPending ? (
          <LoadingState />
        ) : unknown ? (
          <EmptyState
            pictogram="search"
            title={t("order.unknownTitle")}
            text={t("order.unknownText")}
            action={<ButtonLink to="/orders">{t("order.toOrders")}</ButtonLink>}
          />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page title={t("order.titleOf", { reference: data.order.reference })} over={over}>
      <OrderFacts found={data} />
      <OrderTickets key={data.order.id} found={data} />
      <OrderRefunds found={data} />
      <OrderLines order={data.order} />
      <OrderPayments found={data} />
      <OrderHistory found={data} />
    </Page>
  );
}

function isMoving(found: AdminOrder | undefined): boolean {
  return found?.refunds.some(({ state }) => state === "requested") ?? false;
}
