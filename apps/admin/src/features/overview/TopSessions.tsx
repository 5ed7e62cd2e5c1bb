import { Title } from "@mantine/core";
import type { SalesByCompetitionSession } from "@tessera/contracts";
import { EmptyState, Price } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { FillBar } from "../../shared/FillBar.tsx";
import { TextLink } from "../../shared/links.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import classes from "./Section.module.css";

/** The competition sessions that have sold the most. */
export function TopSessions({ sales }: { readonly sales: SalesByCompetitionSession }): ReactNode {
  const t = useTranslations("admin.overview");
  const heading = useId();
  const sold = sales.rows.filter(({ tickets }) => tickets > 0);
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <div className={classes.head}>
        <Title order={2} id={heading}>
          {t("topTitle")}
        </Title>
        <TextLink to="/sales" search={{ by: "sessions" }}>
          {t("allSales")}
        </TextLink>
      </div>
      {sold.length === 0 ? (
        <EmptyState pictogram="chart" title={t("topEmptyTitle")} text={t("topEmptyText")} />
      ) : (
        <ol className={classes.list}>
          {sold.map((row) => (
            <li key={row.competitionSession.id} className={classes.row}>
              <SessionCell competitionSession={row.competitionSession} />
              <span className={classes.amount}>
                <span className={classes.strong}>
                  <Price cents={row.amountCents} currency={sales.currency} />
                </span>
                <span className={classes.small}>{t("ticketCount", { count: row.tickets })}</span>
              </span>
              <FillBar taken={row.taken} capacity={row.capacity} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
