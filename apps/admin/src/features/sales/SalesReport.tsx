import type { UseQueryResult } from "@tanstack/react-query";
import type { Currency, SalesByCompetitionSession, SalesByOffer } from "@tessera/contracts";
import { Price, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { SalesSearch } from "../../shared/addresses.ts";
import type { Bar } from "../../shared/bars.ts";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { salesPageSize } from "./sales-view.ts";
import { SalesStates } from "./SalesStates.tsx";
import { TopTen } from "./TopTen.tsx";
import classes from "./Sales.module.css";

type SalesRow = Pick<
  (SalesByOffer | SalesByCompetitionSession)["rows"][number],
  "competitionSession" | "tickets" | "amountCents" | "taxCents"
>;

type SalesFigures = { readonly tickets: number; readonly amountCents: number; readonly taxCents: number };

type SalesOf<Row extends SalesRow> = {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly currency: Currency;
  readonly sum: SalesFigures;
};

type SalesReportProps<Row extends SalesRow, Sales extends SalesOf<Row>> = {
  readonly label: string;
  readonly view: SalesSearch;
  readonly onPage: (page: number) => void;
  readonly sales: Pick<UseQueryResult<Sales, unknown>, "data" | "error" | "refetch" | "isPlaceholderData">;
  readonly top: readonly Bar[];
  readonly idOf: (row: Row) => string;
  /** What stands between the competition session and the sums. */
  readonly columnOf: (sales: Sales) => RecordColumn<Row>;
};

/** Sales as a table with its sums, and the best of them as bars above it. */
export function SalesReport<Row extends SalesRow, Sales extends SalesOf<Row>>({
  label,
  view,
  onPage,
  sales,
  top,
  idOf,
  columnOf,
}: SalesReportProps<Row, Sales>): ReactNode {
  const t = useTranslations("admin");
  const { number } = useFormats();
  const columns = (found: Sales): RecordColumn<Row>[] => [
    {
      key: "session",
      title: t("sales.session"),
      render: ({ competitionSession }) => <SessionCell competitionSession={competitionSession} />,
      footer: t("list.sum"),
    },
    columnOf(found),
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
    {
      key: "tax",
      title: t("sales.tax"),
      numeric: true,
      render: ({ taxCents }) => <Price cents={taxCents} currency={found.currency} />,
      footer: <Price cents={found.sum.taxCents} currency={found.currency} />,
    },
  ];

  return (
    <SalesStates query={sales} view={view}>
      {(found) => (
        <div className={classes.sales}>
          <TopTen bars={top} />
          <RecordTable
            label={label}
            rows={found.rows}
            idOf={idOf}
            columns={columns(found)}
            total={found.total}
            page={view.page ?? 1}
            pageSize={salesPageSize}
            onPage={onPage}
            stale={sales.isPlaceholderData}
          />
        </div>
      )}
    </SalesStates>
  );
}
