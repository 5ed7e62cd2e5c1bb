import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SalesByCompetitionSession } from "@tessera/contracts";
import { Price, useFormats, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { SalesSearch } from "../../shared/addresses.ts";
import { FillBar } from "../../shared/FillBar.tsx";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { useDisciplineName } from "../../shared/use-names.ts";
import { salesPageSize, salesRefreshMs } from "./sales-view.ts";
import { SalesStates } from "./SalesStates.tsx";
import { TopTen } from "./TopTen.tsx";
import classes from "./Sales.module.css";

type Row = SalesByCompetitionSession["rows"][number];
type SalesBySessionProps = { readonly view: SalesSearch; readonly onPage: (page: number) => void };

/** What each competition session has sold, and how full it is. */
export function SalesBySession({ view, onPage }: SalesBySessionProps): ReactNode {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const { number } = useFormats();
  const disciplineName = useDisciplineName();
  const { search = "", sort = "amount", page = 1 } = view;
  const live = { placeholderData: keepPreviousData, refetchInterval: salesRefreshMs };
  const sales = useQuery(
    trpc.admin.sales.byCompetitionSession.queryOptions({ search, sort, page, pageSize: salesPageSize }, live),
  );
  const top = useQuery(
    trpc.admin.sales.byCompetitionSession.queryOptions({ search, sort: "amount", page: 1, pageSize: 10 }, live),
  );

  const columns = (found: SalesByCompetitionSession): RecordColumn<Row>[] => [
    {
      key: "session",
      title: t("sales.session"),
      render: ({ competitionSession }) => <SessionCell competitionSession={competitionSession} />,
      footer: t("list.sum"),
    },
    {
      key: "seats",
      title: t("sales.seats"),
      width: "18rem",
      render: ({ taken, capacity }) => <FillBar taken={taken} capacity={capacity} />,
      footer: <FillBar taken={found.sum.taken} capacity={found.sum.capacity} />,
    },
    {
      key: "tickets",
      title: t("sales.tickets"),
      numeric: true,
      render: ({ tickets }) => number(tickets),
      footer: number(found.sum.tickets),
    },
    {
      key: "amount",
      title: t("sales.revenue"),
      numeric: true,
      render: ({ amountCents }) => <Price cents={amountCents} currency={found.currency} />,
      footer: <Price cents={found.sum.amountCents} currency={found.currency} />,
    },
  ];

  return (
    <SalesStates query={sales} view={view}>
      {(found) => (
        <div className={classes.sales}>
          <TopTen
            bars={(top.data?.rows ?? [])
              .filter(({ amountCents }) => amountCents > 0)
              .map(({ competitionSession, amountCents }) => ({
                label: competitionSession.code,
                title: `${competitionSession.code} · ${disciplineName(competitionSession)}`,
                cents: amountCents,
              }))}
          />
          <RecordTable
            label={t("sales.groupings.sessions")}
            rows={found.rows}
            idOf={({ competitionSession }) => competitionSession.id}
            columns={columns(found)}
            total={found.total}
            page={page}
            pageSize={salesPageSize}
            onPage={onPage}
            stale={sales.isPlaceholderData}
          />
        </div>
      )}
    </SalesStates>
  );
}
