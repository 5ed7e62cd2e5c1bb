import type { GateCounts } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./GateNow.module.css";

/** How many are inside, and what the gates had to do for it. */
export function Figures({ counts }: { readonly counts: GateCounts }): ReactNode {
  const t = useTranslations("admin.gate.now");
  const { number } = useFormats();
  const others = ["entries", "exits", "ticketsIn", "checks", "refusals", "byHand", "withoutTicket"] as const;
  return (
    <dl className={classes.figures} aria-label={t("figures")}>
      <div className={classes.main}>
        <dt>{t("inside")}</dt>
        <dd>{number(counts.inside)}</dd>
        <dd className={classes.quiet}>{t("insideHint")}</dd>
      </div>
      {others.map((name) => (
        <div key={name} data-alarm={(name === "withoutTicket" && counts.withoutTicket > 0) || undefined}>
          <dt>{t(name)}</dt>
          <dd>{number(counts[name])}</dd>
          {name === "ticketsIn" && <dd className={classes.quiet}>{t("ofTickets", { total: counts.tickets })}</dd>}
        </div>
      ))}
    </dl>
  );
}
