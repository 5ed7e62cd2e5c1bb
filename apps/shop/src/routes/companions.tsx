import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CompanionsForm } from "../features/hand-over/CompanionsForm.tsx";
import { groupsToShareOut } from "../features/hand-over/together.ts";
import { ButtonLink, TextLink } from "../shared/links.tsx";
import { Private } from "../shared/Private.tsx";
import { useServerClock } from "../shared/use-server-clock.ts";

const route = getRouteApi("/companions");

/** Who goes in with which of several tickets: those of an order, or of a competition session. */
export function CompanionsPage(): ReactNode {
  const t = useTranslations("shop.companions");
  return (
    <Private title={t("title")}>
      <Companions />
    </Private>
  );
}

function Companions(): ReactNode {
  const t = useTranslations("shop.companions");
  const tickets = useTranslations("shop.tickets");
  const ticket = useTranslations("shop.ticket");
  const trpc = useTRPC();
  const together = route.useSearch();
  const { now } = useServerClock();
  const mine = useQuery(trpc.tickets.tickets.mine.queryOptions({}, { refetchOnMount: "always" }));
  const groups = groupsToShareOut(mine.data ?? [], together);
  const { order, session } = together;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      over={
        order === undefined ? (
          <TextLink to="/tickets">{ticket("toAll")}</TextLink>
        ) : (
          <TextLink to="/orders/$orderId" params={{ orderId: order }}>
            {ticket("toOrder")}
          </TextLink>
        )
      }
    >
      {mine.isPending ? (
        <LoadingState label={tickets("loading")} />
      ) : mine.data === undefined ? (
        <ErrorState error={mine.error} onRetry={() => void mine.refetch()} />
      ) : groups.length === 0 ? (
        <EmptyState
          pictogram="people"
          title={t("tooFewTitle")}
          text={t("tooFewText")}
          action={<ButtonLink to="/tickets">{ticket("toAll")}</ButtonLink>}
        />
      ) : (
        <CompanionsForm key={order ?? session} groups={groups} now={now} />
      )}
    </Page>
  );
}
