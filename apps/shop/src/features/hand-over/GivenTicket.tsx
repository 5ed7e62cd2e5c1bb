import { EmptyState, LoadingState, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { givenAway } from "../../shared/hand-overs.ts";
import { ButtonLink } from "../../shared/links.tsx";
import { useHandOvers } from "../../shared/use-hand-overs.ts";

/** In place of a ticket that the visitor does not have: who has it from them, or that it is unknown. */
export function GivenTicket({ ticketId }: { readonly ticketId: string }): ReactNode {
  const t = useTranslations("shop.handOver");
  const ticket = useTranslations("shop.ticket");
  const tickets = useTranslations("shop.tickets");
  const { date } = useFormats();
  const handOvers = useHandOvers();
  const given = givenAway(handOvers.data ?? [], ticketId);
  // It may have been accepted a moment ago.
  if (given === undefined && handOvers.isFetching) return <LoadingState label={tickets("loading")} />;
  const toAll = <ButtonLink to="/tickets">{ticket("toAll")}</ButtonLink>;
  return given === undefined ? (
    <EmptyState pictogram="search" title={ticket("unknownTitle")} text={ticket("unknownText")} action={toAll} />
  ) : (
    <EmptyState
      pictogram="people"
      title={t("ticket.givenTitle")}
      text={t("ticket.givenText", {
        email: given.other ?? t("page.nobody"),
        date: date(given.endedAt ?? given.offeredAt, deviceZone, "moment"),
      })}
      action={toAll}
    />
  );
}
