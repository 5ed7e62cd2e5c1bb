import { Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { OrderFilters } from "../features/orders/OrderFilters.tsx";
import { OrderTable } from "../features/orders/OrderTable.tsx";
import type { OrdersSearch } from "../shared/addresses.ts";
import { ButtonLink } from "../shared/links.tsx";

const route = getRouteApi("/orders");
const pageSize = 25;
const refreshMs = 10_000;
/** The server counts no further. */
const mostCounted = 10_000;

/** Every order in every state: find one, and open it. */
export function OrdersPage(): ReactNode {
  const t = useTranslations("admin.orders");
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const show = (search: OrdersSearch, replace = false): void => void navigate({ search, replace });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <OrderFilters filter={filter} onFilter={(next) => show(next, true)} />
      <Orders filter={filter} onFilter={show} />
    </Page>
  );
}

type OrdersProps = { readonly filter: OrdersSearch; readonly onFilter: (filter: OrdersSearch) => void };

function Orders({ filter, onFilter }: OrdersProps): ReactNode {
  const t = useTranslations("admin.orders");
  const list = useTranslations("admin.list");
  const trpc = useTRPC();
  const { search = "", state, page = 1 } = filter;
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(
    trpc.admin.sales.orders.queryOptions(
      { search, page, pageSize, ...(state === undefined ? {} : { state }) },
      { placeholderData: keepPreviousData, refetchInterval: refreshMs },
    ),
  );
  if (isPending) return <LoadingState />;
  if (data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.total > 0 && data.orders.length === 0) {
    return (
      <EmptyState
        title={list("pastEndTitle")}
        action={
          <ButtonLink to="/orders" search={{ ...filter, page: 1 }}>
            {list("firstPage")}
          </ButtonLink>
        }
      />
    );
  }
  if (data.total === 0) {
    const filtered = search !== "" || state !== undefined;
    return filtered ? (
      <EmptyState
        pictogram="search"
        title={list("nothingFoundTitle")}
        text={t("nothingFoundText")}
        action={
          <ButtonLink to="/orders" variant="outline" color="ink">
            {list("clearFilters")}
          </ButtonLink>
        }
      />
    ) : (
      <EmptyState pictogram="basket" title={t("emptyTitle")} text={t("emptyText")} />
    );
  }
  return (
    <div>
      <OrderTable
        orders={data.orders}
        total={data.total}
        page={page}
        pageSize={pageSize}
        onPage={(next) => onFilter({ ...filter, page: next })}
        stale={isPlaceholderData}
      />
      {data.total >= mostCounted && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("many")}
        </Text>
      )}
    </div>
  );
}
