import { useQuery } from "@tanstack/react-query";
import type { SalesByOffer as Sales } from "@tessera/contracts";
import { useOfferName, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { pageOf, type SalesViewProps, stayingLive, topOf } from "./sales-view.ts";
import { SalesReport } from "./SalesReport.tsx";
import cells from "../../shared/cells.module.css";

type Row = Sales["rows"][number];

/** What each offer has sold; a package has a row for each competition session that it lets into. */
export function SalesByOffer({ view, onPage }: SalesViewProps): ReactNode {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const offerName = useOfferName();
  const { byOffer } = trpc.admin.sales;
  const sales = useQuery(byOffer.queryOptions(pageOf(view), stayingLive));
  const top = useQuery(byOffer.queryOptions(topOf(view), stayingLive));

  return (
    <SalesReport<Row, Sales>
      label={t("sales.groupings.offers")}
      view={view}
      onPage={onPage}
      sales={sales}
      top={(top.data?.rows ?? []).map((row) => ({
        label: `${row.competitionSession.code} ${row.category} ${offerName(row)}`,
        title: `${row.competitionSession.code} · ${offerName(row)} · ${t("category", { category: row.category })}`,
        cents: row.amountCents,
      }))}
      idOf={(row) => `${row.offerId} ${row.competitionSession.id}`}
      columnOf={({ total }) => ({
        key: "offer",
        title: t("sales.offer"),
        footer: t("sales.rowCount", { count: total }),
        render: (row) => (
          <span className={cells.cell}>
            <span className={cells.first}>{offerName(row)}</span>
            <span className={cells.second}>
              {t("category", { category: row.category })} · {t("persons", { count: row.persons })}
            </span>
          </span>
        ),
      })}
    />
  );
}
