import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState, ErrorState, FormAlert, LoadingState, Page, useTRPC, useTRPCClient } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { JournalEntries } from "../features/journal/JournalEntries.tsx";
import { JournalFilters } from "../features/journal/JournalFilters.tsx";
import type { JournalSearch } from "../shared/addresses.ts";
import { ButtonLink } from "../shared/links.tsx";
import classes from "../features/journal/JournalEntries.module.css";

const route = getRouteApi("/journal");
const sealMs = 2_000;

/** The audit log: what was done, when, by whom, and whether the chain holds it. */
export function JournalPage(): ReactNode {
  const t = useTranslations("admin.journal");
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const show = (search: JournalSearch): void => void navigate({ search });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Journal filter={filter} onFilter={show} />
    </Page>
  );
}

type JournalProps = { readonly filter: JournalSearch; readonly onFilter: (filter: JournalSearch) => void };

function Journal({ filter, onFilter }: JournalProps): ReactNode {
  const t = useTranslations("admin.journal");
  const journal = useJournal(filter);
  const entries = journal.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <JournalFilters filter={filter} entries={entries} onFilter={onFilter} />
      {journal.isPending ? (
        <LoadingState />
      ) : journal.data === undefined ? (
        <ErrorState title={t("failedTitle")} error={journal.error} onRetry={() => void journal.refetch()} />
      ) : entries.length === 0 ? (
        <NothingThere filtered={filter.action !== undefined || filter.person !== undefined} />
      ) : (
        <>
          <JournalEntries entries={entries} onPerson={(person) => onFilter({ ...filter, person })} />
          {journal.isFetchNextPageError && <FormAlert failure={journal.error} />}
          <div className={classes.foot}>
            <p role="status">{t("shown", { count: entries.length })}</p>
            {journal.hasNextPage && (
              <Button
                variant="outline"
                color="ink"
                loading={journal.isFetchingNextPage}
                onClick={() => void journal.fetchNextPage()}
              >
                {t("more")}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

function NothingThere({ filtered }: { readonly filtered: boolean }): ReactNode {
  const t = useTranslations("admin.journal");
  if (!filtered) return <EmptyState pictogram="lock" title={t("emptyTitle")} text={t("emptyText")} />;
  return (
    <EmptyState
      pictogram="search"
      title={t("noneTitle")}
      text={t("noneText")}
      action={
        <ButtonLink to="/journal" variant="outline" color="ink">
          {t("clearFilters")}
        </ButtonLink>
      }
    />
  );
}

/** Page by page, each from the last entry of the one before: what is written meanwhile shifts nothing. */
function useJournal(filter: JournalSearch) {
  const { action = null, person: accountId = null } = filter;
  const trpc = useTRPC();
  const client = useTRPCClient();
  return useInfiniteQuery({
    queryKey: [...trpc.admin.audit.entries.queryKey({ action, accountId, before: null }), "pages"],
    queryFn: ({ pageParam: before, signal }) =>
      client.admin.audit.entries.query({ action, accountId, before }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ entries, more }) => (more ? (entries.at(-1)?.id ?? null) : null),
    refetchOnMount: "always",
    // What was written a moment ago is about to be sealed.
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.entries.some(({ position }) => position === null) === true ? sealMs : false,
  });
}
