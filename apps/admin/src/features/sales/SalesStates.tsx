import type { UseQueryResult } from "@tanstack/react-query";
import { EmptyState, ErrorState, LoadingState } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { SalesSearch } from "../../shared/addresses.ts";
import { ButtonLink } from "../../shared/links.tsx";

type Found = { readonly total: number; readonly rows: readonly unknown[] };

type SalesStatesProps<Sales extends Found> = {
  readonly query: Pick<UseQueryResult<Sales, unknown>, "data" | "error" | "refetch">;
  readonly view: SalesSearch;
  readonly children: (sales: Sales) => ReactNode;
};

/** What stands in place of the table while there is none. */
export function SalesStates<Sales extends Found>({ query, view, children }: SalesStatesProps<Sales>): ReactNode {
  const t = useTranslations("admin.sales");
  const list = useTranslations("admin.list");
  const { data, error, refetch } = query;
  if (data === undefined) {
    return error === null ? <LoadingState /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data.rows.length > 0) return children(data);
  const { page = 1, search = "", by } = view;
  const kept = by === undefined ? {} : { by };
  if (page > 1) {
    return (
      <EmptyState
        title={list("pastEndTitle")}
        action={
          <ButtonLink to="/sales" search={{ ...view, page: 1 }}>
            {list("firstPage")}
          </ButtonLink>
        }
      />
    );
  }
  return search === "" ? (
    <EmptyState pictogram="chart" title={t("emptyTitle")} text={t("emptyText")} />
  ) : (
    <EmptyState
      pictogram="search"
      title={list("nothingFoundTitle")}
      text={list("nothingFoundText")}
      action={
        <ButtonLink to="/sales" search={kept} variant="outline" color="ink">
          {list("clearFilters")}
        </ButtonLink>
      }
    />
  );
}
