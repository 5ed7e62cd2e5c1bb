import { useQuery } from "@tanstack/react-query";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { OrderList } from "../features/orders/OrderList.tsx";
import { ButtonLink } from "../shared/links.tsx";
import { Private } from "../shared/Private.tsx";

/** All orders of the visitor. */
export function OrdersPage(): ReactNode {
  const t = useTranslations("shop.order");
  return (
    <Private title={t("listTitle")}>
      <Orders />
    </Private>
  );
}

function Orders(): ReactNode {
  const t = useTranslations("shop.order");
  const basket = useTranslations("shop.basket");
  const trpc = useTRPC();
  const orders = useQuery(trpc.tickets.sales.orders.queryOptions());
  return (
    <Page title={t("listTitle")}>
      {orders.isPending ? (
        <LoadingState />
      ) : orders.data === undefined ? (
        <ErrorState error={orders.error} onRetry={() => void orders.refetch()} />
      ) : orders.data.length === 0 ? (
        <EmptyState
          pictogram="basket"
          title={t("listEmptyTitle")}
          text={t("listEmptyText")}
          action={<ButtonLink to="/">{basket("toProgramme")}</ButtonLink>}
        />
      ) : (
        <OrderList orders={orders.data} />
      )}
    </Page>
  );
}
