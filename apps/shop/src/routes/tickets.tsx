import { useQuery } from "@tanstack/react-query";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { CompanionsLink } from "../features/hand-over/CompanionsLink.tsx";
import { OffersToMe } from "../features/hand-over/OffersToMe.tsx";
import { Said } from "../features/hand-over/Said.tsx";
import { OfflineSign } from "../features/tickets/OfflineSign.tsx";
import { TicketGroups } from "../features/tickets/TicketGroups.tsx";
import { useDeviceKeys } from "../features/tickets/use-device-keys.ts";
import { giversOf, offersToMe } from "../shared/hand-overs.ts";
import { ButtonLink, TextLink } from "../shared/links.tsx";
import { Private } from "../shared/Private.tsx";
import { useHandOvers } from "../shared/use-hand-overs.ts";
import { useOffline } from "../shared/use-offline.ts";
import { useServerClock } from "../shared/use-server-clock.ts";

/** All tickets of the visitor, by competition session. */
export function TicketsPage(): ReactNode {
  const t = useTranslations("shop.tickets");
  return (
    <Private title={t("title")}>
      <Tickets />
    </Private>
  );
}

function Tickets(): ReactNode {
  const t = useTranslations("shop.tickets");
  const basket = useTranslations("shop.basket");
  const received = useTranslations("shop.handOver.received");
  const trpc = useTRPC();
  const { now } = useServerClock();
  const keys = useDeviceKeys();
  const tickets = useQuery(trpc.tickets.tickets.mine.queryOptions({}, { refetchOnMount: "always" }));
  const offline = useOffline(tickets);
  // Tickets open without it: offline nobody can hand anything over.
  const handOvers = useHandOvers().data ?? [];
  const offersMe = offersToMe(handOvers).length > 0;
  const [said, setSaid] = useState("");
  return (
    <Page title={t("title")}>
      {offline && tickets.data !== undefined && <OfflineSign shows="tickets" />}
      <Said words={said} />
      <OffersToMe
        handOvers={handOvers}
        onAccepted={(accepted) => setSaid(received("accepted", { count: accepted.length }))}
        onRefused={setSaid}
      />
      {tickets.isPending || keys.isPending ? (
        <LoadingState label={t("loading")} />
      ) : tickets.data === undefined ? (
        <ErrorState error={tickets.error} onRetry={() => void tickets.refetch()} />
      ) : tickets.data.length === 0 ? (
        !offersMe && (
          <EmptyState
            pictogram="ticket"
            title={t("emptyTitle")}
            text={t("emptyText")}
            action={<ButtonLink to="/">{basket("toProgramme")}</ButtonLink>}
          />
        )
      ) : (
        <TicketGroups
          tickets={tickets.data}
          keys={keys.data ?? new Map()}
          nowMs={now()}
          givers={giversOf(handOvers)}
          renderFoot={(group) => <CompanionsLink tickets={group} />}
        />
      )}
      {handOvers.length > 0 && <TextLink to="/hand-overs">{received("toAll")}</TextLink>}
    </Page>
  );
}
