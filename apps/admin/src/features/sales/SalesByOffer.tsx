import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SalesByOffer as Sales } from "@tessera/contracts";
import { Price, useFormats, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { SalesSearch } from "../../shared/addresses.ts";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { useOfferName } from "../../shared/use-names.ts";
import { salesPageSize, salesRefreshMs } from "./sales-view.ts";
import { SalesStates } from "./SalesStates.tsx";
import { TopTen } from "./TopTen.tsx";
import cells from "../../shared/cells.module.css";
import classes from "./Sales.module.css";

type Row = Sales["rows"][number];
type SalesByOfferProps = { readonly view: SalesSearch; readonly onPage: (page: number) => void };

/** What each offer has sold; a package has a row for each competition session that it lets into. */
export function SalesByOffer({ view, onPage }: SalesByOfferProps): ReactNode {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const { number } = useFormats();
  const offerName = useOfferName();
  const { search = "", sort = "amount", page = 1 } = view;
  const live = { placeholderData: keepPreviousData, refetchInterval: salesRefreshMs };
  const sales = useQuery(trpc.admin.sales.byOffer.queryOptions({ search, sort, page, pageSize: salesPageSize }, live));
  const top = useQuery(trpc.admin.sales.byOffer.queryOptions({ search, sort: "amount", page: 1, pageSize: 10 }, live));

  const nameOf = (row: Row): string =>
    `${row.competitionSession.code} · ${offerName(row)} · ${t("category", { category: row.category })}`;
  const columns = (found: Sales): RecordColumn<Row>[] => [
    {
      key: "session",
      title: t("sales.session"),
      render: ({ competitionSession }) => <SessionCell competitionSession={competitionSession} />,
      footer: t("list.sum"),
    },
    {
      key: "offer",
      title: t("sales.offer"),
      footer: t("sales.rowCount", { count: found.total }),
      render: (row) => (
        <span className={cells.cell}>
          <span className={cells.first}>{offerName(row)}</span>
          <span className={cells.second}>
            {t("category", { category: row.category })} · {t("persons", { count: row.persons })}
          </span>
        </span>
      ),
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
            bars={(top.data?.rows ?? []).map((row) => ({
              label: `${row.competitionSession.code} ${row.category} ${offerName(row)}`,
              title: nameOf(row),
              cents: row.amountCents,
            }))}
          />
          <RecordTable
            label={t("sales.groupings.offers")}
            rows={found.rows}
            idOf={(row) => `${row.offerId} ${row.competitionSession.id}`}
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
