import { Link } from "@tanstack/react-router";
import type { Currency, ProgrammeRow } from "@tessera/contracts";
import { Pictogram, useDisciplineName, useFormats } from "@tessera/ui";
import { memo, type ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Package } from "./programme.ts";
import rows from "../../shared/LinkedRows.module.css";
import classes from "./ProgrammeRowItem.module.css";

type OfferProps = { readonly row: ProgrammeRow; readonly currency: Currency };
type ProgrammeRowItemProps = OfferProps & {
  /** Packages that let into this one as well. */
  readonly packages: readonly Package[];
};

/** One competition session as a row of the timetable: time, discipline, events, place, price. */
export const ProgrammeRowItem = memo(function ProgrammeRowItem({
  row,
  currency,
  packages,
}: ProgrammeRowItemProps): ReactNode {
  const t = useTranslations("shop");
  const { date } = useFormats();
  const disciplineName = useDisciplineName();
  const locale = useLocale();

  return (
    <li className={[rows.row, classes.row].join(" ")}>
      <span className={classes.time}>
        <time dateTime={row.startsAt}>{date(row.startsAt, row.timeZone, "time")}</time>
        <time dateTime={row.endsAt} className={classes.end}>
          {date(row.endsAt, row.timeZone, "time")}
        </time>
      </span>
      <span className={classes.pictogram}>
        <Pictogram name={row.disciplineCode} size={30} />
      </span>
      <span className={classes.discipline}>
        <Link to="/sessions/$code" params={{ code: row.code }} className={rows.link}>
          {disciplineName(row)}
        </Link>{" "}
        <span className={classes.code}>{row.code}</span>
      </span>
      <span className={classes.events}>
        {row.events}
        {row.medal && (
          <span className={classes.medal}>
            <Pictogram name="medal" size={12} />
            {t("programme.medal")}
          </span>
        )}
        {packages.map(({ offerId, name, competitionSessionCodes }) => (
          <span key={offerId} className={classes.package}>
            <Pictogram name="ticket" size={12} />
            {t("programme.inPackage", { name: name[locale], count: competitionSessionCodes.length })}
          </span>
        ))}
      </span>
      <span className={classes.venue}>
        {row.venue}, {row.city}
      </span>
      <span className={classes.offer}>
        <Offer row={row} currency={currency} />
      </span>
    </li>
  );
});

function Offer({ row, currency }: OfferProps): ReactNode {
  const t = useTranslations("shop");
  const { price } = useFormats();
  if (row.state === "cancelled") return <span className={classes.no}>{t("availability.cancelled")}</span>;
  if (row.fromCents === null) return <span className={classes.no}>{t("availability.notOnSale")}</span>;
  if (row.availability === "sold_out") return <span className={classes.no}>{t("availability.sold_out")}</span>;
  return (
    <>
      <span className={classes.price}>{t("programme.from", { price: price(row.fromCents, currency, true) })}</span>
      {row.availability === "few" && <span className={classes.few}>{t("availability.few")}</span>}
    </>
  );
}
