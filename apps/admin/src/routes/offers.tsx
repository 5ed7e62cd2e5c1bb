import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { OfferFilters } from "../features/offers/OfferFilters.tsx";
import { OfferTable } from "../features/offers/OfferTable.tsx";
import type { OffersSearch } from "../shared/addresses.ts";
import { ButtonLink } from "../shared/links.tsx";

const route = getRouteApi("/offers");
const pageSize = 25;
const refreshMs = 10_000;

/** Every offer in every state: find, edit, publish, withdraw. */
export function OffersPage(): ReactNode {
  const t = useTranslations("admin.offers");
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const show = (search: OffersSearch, replace = false): void => void navigate({ search, replace });
  return (
    <Page title={t("title")} lead={t("lead")} action={<ButtonLink to="/offers/new">{t("create")}</ButtonLink>}>
      <OfferFilters filter={filter} onFilter={(next) => show(next, true)} />
      <Offers filter={filter} onFilter={show} />
    </Page>
  );
}

type OffersProps = { readonly filter: OffersSearch; readonly onFilter: (filter: OffersSearch) => void };

function Offers({ filter, onFilter }: OffersProps): ReactNode {
  const t = useTranslations("admin.offers");
  const list = useTranslations("admin.list");
  const trpc = useTRPC();
  const { search = "", state, discipline, page = 1 } = filter;
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(
    trpc.admin.catalogue.offers.queryOptions(
      {
        search,
        page,
        pageSize,
        ...(state === undefined ? {} : { state }),
        ...(discipline === undefined ? {} : { disciplineCode: discipline }),
      },
      { placeholderData: keepPreviousData, refetchInterval: refreshMs },
    ),
  );
  if (isPending) return <LoadingState />;
  if (data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.total > 0 && data.offers.length === 0) {
    return (
      <EmptyState
        title={list("pastEndTitle")}
        action={
          <ButtonLink to="/offers" search={{ ...filter, page: 1 }}>
            {list("firstPage")}
          </ButtonLink>
        }
      />
    );
  }
  if (data.total === 0) {
    const filtered = search !== "" || state !== undefined || discipline !== undefined;
    return filtered ? (
      <EmptyState
        pictogram="search"
        title={list("nothingFoundTitle")}
        text={list("nothingFoundText")}
        action={
          <ButtonLink to="/offers" variant="outline" color="ink">
            {list("clearFilters")}
          </ButtonLink>
        }
      />
    ) : (
      <EmptyState pictogram="ticket" title={t("emptyTitle")} text={t("emptyText")} />
    );
  }
  return (
    <OfferTable
      offers={data.offers}
      total={data.total}
      page={page}
      pageSize={pageSize}
      onPage={(next) => onFilter({ ...filter, page: next })}
      stale={isPlaceholderData}
    />
  );
}
