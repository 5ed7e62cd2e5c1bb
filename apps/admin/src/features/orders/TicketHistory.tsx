import type { AdminOrder } from "@tessera/contracts";
import { useMoment } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./TicketHistory.module.css";

type Ticket = AdminOrder["tickets"][number];

/** All that has happened to one ticket, oldest first, folded away until somebody wants to know. */
export function TicketHistory({ ticket: { reference, history } }: { readonly ticket: Ticket }): ReactNode {
  const t = useTranslations("admin.order.tickets");
  const moment = useMoment();
  return (
    <details className={classes.history}>
      <summary aria-label={t("historyOf", { reference })}>{t("history")}</summary>
      <ol className={classes.steps}>
        {history.map(({ step, at, from, to, gate }, place) => (
          <li key={place}>
            <time dateTime={at} className={classes.moment}>
              {moment(at)}
            </time>
            <span>
              {t(`steps.${step}`, { from: from ?? t("somebody"), to: to ?? t("somebody"), gate: gate ?? "?" })}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
