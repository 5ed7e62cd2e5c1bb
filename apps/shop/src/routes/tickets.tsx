import { useQuery } from "@tanstack/react-query";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { OfflineSign } from "../features/tickets/OfflineSign.tsx";
import { TicketGroups } from "../features/tickets/TicketGroups.tsx";
import { useDeviceKeys } from "../features/tickets/use-device-keys.ts";
import { ButtonLink } from "../shared/links.tsx";
import { Private } from "../shared/Private.tsx";
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
  const trpc = useTRPC();
  const { now } = useServerClock();
  const keys = useDeviceKeys();
  const tickets = useQuery(trpc.tickets.tickets.mine.queryOptions({}, { refetchOnMount: "always" }));
  const offline = useOffline(tickets);
  return (
    <Page title={t("title")}>
      {offline && tickets.data !== undefined && <OfflineSign shows="tickets" />}
      {tickets.isPending || keys.isPending ? (
        <LoadingState label={t("loading")} />
      ) : tickets.data === undefined ? (
        <ErrorState error={tickets.error} onRetry={() => void tickets.refetch()} />
      ) : tickets.data.length === 0 ? (
        <EmptyState
          pictogram="ticket"
          title={t("emptyTitle")}
          text={t("emptyText")}
          action={<ButtonLink to="/">{basket("toProgramme")}</ButtonLink>}
        />
      ) : (
        <TicketGroups tickets={tickets.data} keys={keys.data ?? new Map()} nowMs={now()} />
      )}
    </Page>
  );
}
