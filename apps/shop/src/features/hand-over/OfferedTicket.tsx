import type { HandOver } from "@tessera/contracts";
import { DateTimeText, useDisciplineName, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./Offers.module.css";

/** A ticket on its way, in two lines: what it lets into, and which one it is. */
export function OfferedTicket({ handOver }: { readonly handOver: HandOver }): ReactNode {
  const shop = useTranslations("shop");
  const disciplineName = useDisciplineName();
  const offerName = useOfferName();
  const { competitionSession, category, ticketReference } = handOver;
  const { code, startsAt, timeZone, venue, city } = competitionSession;
  return (
    <span>
      <strong>{disciplineName(competitionSession)}</strong> <span className={classes.quiet}>{code}</span>
      <span className={classes.details}>
        <DateTimeText at={startsAt} timeZone={timeZone} show="dateTime" /> · {venue}, {city}
      </span>
      <span className={classes.details}>
        {offerName(handOver)}, {shop("category", { category })} · {ticketReference}
      </span>
    </span>
  );
}
