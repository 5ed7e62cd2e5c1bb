import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { GivenTicket } from "../features/hand-over/GivenTicket.tsx";
import { TicketWays } from "../features/hand-over/TicketWays.tsx";
import { PlaceRow } from "../features/tickets/PlaceRow.tsx";
import { PrintRow } from "../features/tickets/PrintRow.tsx";
import { ticketStanding, ticketsTogether } from "../features/tickets/ticket-standing.ts";
import { TicketScreen } from "../features/tickets/TicketScreen.tsx";
import { useActivation, useDeviceKeys } from "../features/tickets/use-device-keys.ts";
import { ClosingMark } from "../shared/ClosingMark.tsx";
import { giversOf } from "../shared/hand-overs.ts";
import { TextLink } from "../shared/links.tsx";
import { Private } from "../shared/Private.tsx";
import { useHandOvers } from "../shared/use-hand-overs.ts";
import { useOffline } from "../shared/use-offline.ts";
import { useServerClock } from "../shared/use-server-clock.ts";

const route = getRouteApi("/tickets/$ticketId");

/** Somebody stands at the gate: the page should know soon that they are in. */
const watchMs = 10_000;

/** One ticket, full screen: its code, or what it needs before it has one. */
export function TicketPage(): ReactNode {
  const t = useTranslations("shop.tickets");
  return (
    <Private title={t("title")}>
      <TicketOfVisitor />
    </Private>
  );
}

function TicketOfVisitor(): ReactNode {
  const t = useTranslations("shop.ticket");
  const list = useTranslations("shop.tickets");
  const trpc = useTRPC();
  const navigate = useNavigate();
  const { ticketId } = route.useParams();
  const { now } = useServerClock();
  const keys = useDeviceKeys();
  const activation = useActivation();
  const mine = useQuery(
    trpc.tickets.tickets.mine.queryOptions({}, { refetchOnMount: "always", refetchInterval: watchMs }),
  );
  const offline = useOffline(mine);
  const handOvers = useHandOvers();
  const ticket = mine.data?.find(({ id }) => id === ticketId);

  if (mine.data === undefined || ticket === undefined || keys.isPending) {
    return (
      <Page title={list("title")}>
        {mine.isPending || keys.isPending ? (
          <LoadingState label={list("loading")} />
        ) : mine.data === undefined ? (
          <ErrorState error={mine.error} onRetry={() => void mine.refetch()} />
        ) : (
          <GivenTicket ticketId={ticketId} />
        )}
      </Page>
    );
  }

  const deviceKey = keys.data?.get(ticket.id);
  const standing = ticketStanding(ticket, deviceKey);
  const together = ticketsTogether(mine.data, ticket);
  // Who brings back the codes that were here has not asked for those that never were.
  const wanted = standing === "unfinished" ? ["unfinished"] : ["open", "unfinished"];
  const toActivate = together.filter((each) => wanted.includes(ticketStanding(each, keys.data?.get(each.id))));
  const goTo = (id: string): void =>
    void navigate({ to: "/tickets/$ticketId", params: { ticketId: id }, replace: true });
  return (
    <Page
      title={t("title", { code: ticket.competitionSession.code })}
      over={<TextLink to="/tickets">{t("toAll")}</TextLink>}
      sign={<ClosingMark closed={standing === "here"} />}
    >
      <TicketScreen
        ticket={ticket}
        together={together}
        standing={standing}
        deviceKey={deviceKey}
        toActivate={toActivate.map(({ id }) => id)}
        activation={activation}
        now={now}
        offline={offline}
        onGoTo={goTo}
      />
      <TicketWays key={ticket.id} ticket={ticket} giver={giversOf(handOvers.data ?? []).get(ticket.id)} now={now}>
        <PrintRow ticket={ticket} now={now} />
        <PlaceRow ticket={ticket} />
      </TicketWays>
    </Page>
  );
}
