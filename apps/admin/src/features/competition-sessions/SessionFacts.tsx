import { Badge, Title } from "@mantine/core";
import type { AdminCompetitionSession } from "@tessera/contracts";
import { DateTimeText } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { FillBar } from "../../shared/FillBar.tsx";
import classes from "./Session.module.css";

/** When and where, by the venue's clock, and whether it takes place. */
export function SessionFacts({
  found: { competitionSession },
}: {
  readonly found: AdminCompetitionSession;
}): ReactNode {
  const t = useTranslations("admin.competitionSession");
  const { state, startsAt, endsAt, gatesOpenAt, timeZone, venue, city } = competitionSession;
  const times = { gates: gatesOpenAt, starts: startsAt, ends: endsAt } as const;
  return (
    <dl className={classes.facts} aria-label={t("facts")}>
      <div>
        <dt>{t("state")}</dt>
        <dd>
          <Badge variant="light" color={state === "cancelled" ? "terracotta" : "laurel"} miw="max-content">
            {t(`states.${state}`)}
          </Badge>
        </dd>
      </div>
      {(["gates", "starts", "ends"] as const).map((name) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>
            <DateTimeText at={times[name]} timeZone={timeZone} show="dateTime" />
          </dd>
        </div>
      ))}
      <div>
        <dt>{t("venue")}</dt>
        <dd>{venue}</dd>
        <dd className={classes.quiet}>{city}</dd>
      </div>
    </dl>
  );
}

/** How full each category is, and by whom. */
export function SessionSeats({ found: { categories } }: { readonly found: AdminCompetitionSession }): ReactNode {
  const t = useTranslations("admin.competitionSession.seats");
  const heading = useId();
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      <ul className={classes.list} aria-labelledby={heading}>
        {categories.map(({ seatPoolId, category, capacity, taken, held, sold, admitted }) => (
          <li key={seatPoolId} className={classes.row}>
            <span className={classes.name}>{t("category", { category })}</span>
            <FillBar taken={taken} capacity={capacity} />
            <ul className={classes.figures}>
              <li>{t("sold", { count: sold })}</li>
              {held > 0 && <li>{t("held", { count: held })}</li>}
              {admitted > 0 && <li>{t("admitted", { count: admitted })}</li>}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
