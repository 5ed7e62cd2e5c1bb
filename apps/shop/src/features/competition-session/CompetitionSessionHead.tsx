import type { CompetitionSessionDetail } from "@tessera/contracts";
import { DateTimeText, Pictogram, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Facts } from "../../shared/Facts.tsx";
import classes from "./CompetitionSessionHead.module.css";

type CompetitionSessionHeadProps = { readonly competitionSession: CompetitionSessionDetail["competitionSession"] };

/** When, where, what: by the clocks at the venue. */
export function CompetitionSessionHead({ competitionSession }: CompetitionSessionHeadProps): ReactNode {
  const t = useTranslations("shop.competitionSession");
  const programme = useTranslations("shop.programme");
  const { date } = useFormats();
  const { disciplineCode, startsAt, endsAt, timeZone, venue, city, gatesOpenAt, phases, medal } = competitionSession;
  return (
    <div className={classes.head}>
      <Pictogram name={disciplineCode} size={72} />
      <Facts
        facts={[
          {
            name: t("when"),
            value: (
              <>
                <DateTimeText at={startsAt} timeZone={timeZone} show="fullDay" />
                <br />
                <DateTimeText at={startsAt} until={endsAt} timeZone={timeZone} show="time" />
              </>
            ),
          },
          { name: t("gates"), value: t("gatesOpenAt", { time: date(gatesOpenAt, timeZone, "time") }) },
          { name: t("where"), value: `${venue}, ${city}` },
          ...(phases === "" ? [] : [{ name: t("phases"), value: phases }]),
          ...(medal ? [{ name: programme("medal"), value: t("medals") }] : []),
        ]}
      />
    </div>
  );
}
