import { useQuery } from "@tanstack/react-query";
import type { SalesByCompetitionSession as Sales } from "@tessera/contracts";
import { useDisciplineName, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FillBar } from "../../shared/FillBar.tsx";
import { pageOf, type SalesViewProps, stayingLive, topOf } from "./sales-view.ts";
import { SalesReport } from "./SalesReport.tsx";

type Row = Sales["rows"][number];

/** What each competition session has sold, and how full it is. */
export function SalesBySession({ view, onPage }: SalesViewProps): ReactNode {
  const t = useTranslations("admin.sales");
  const trpc = useTRPC();
  const disciplineName = useDisciplineName();
  const { byCompetitionSession } = trpc.admin.sales;
  const sales = useQuery(byCompetitionSession.queryOptions(pageOf(view), stayingLive));
  const top = useQuery(byCompetitionSession.queryOptions(topOf(view), stayingLive));

  return (
    <SalesReport<Row, Sales>
      label={t("groupings.sessions")}
      view={view}
      onPage={onPage}
      sales={sales}
      top={(top.data?.rows ?? [])
        .filter(({ amountCents }) => amountCents > 0)
        .map(({ competitionSession, amountCents }) => ({
          label: competitionSession.code,
          title: `${competitionSession.code} · ${disciplineName(competitionSession)}`,
          cents: amountCents,
        }))}
      idOf={({ competitionSession }) => competitionSession.id}
      columnOf={({ sum }) => ({
        key: "seats",
        title: t("seats"),
        width: "18rem",
        render: ({ taken, capacity }) => <FillBar taken={taken} capacity={capacity} />,
        footer: <FillBar taken={sum.taken} capacity={sum.capacity} />,
      })}
    />
  );
}
