import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import { EmptyState, ErrorState, LoadingState, Page, useDisciplineName, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CompetitionSessionHead } from "../features/competition-session/CompetitionSessionHead.tsx";
import { OfferPicker } from "../features/competition-session/OfferPicker.tsx";
import { changeBasket, useBasket } from "../shared/basket/basket-store.ts";
import { addLine } from "../shared/basket/basket.ts";
import { dayOf } from "../shared/days.ts";
import { ButtonLink, TextLink } from "../shared/links.tsx";
import classes from "./competition-session.module.css";

const route = getRouteApi("/sessions/$code");

/** One competition session: what it is, and what can be bought. */
export function CompetitionSessionPage(): ReactNode {
  const t = useTranslations("shop.competitionSession");
  const nav = useTranslations("shop.nav");
  const trpc = useTRPC();
  const disciplineName = useDisciplineName();
  const basket = useBasket();
  const code = route.useParams().code.toUpperCase();
  const { data, error, isPending, refetch } = useQuery(
    trpc.tickets.catalogue.competitionSession.queryOptions({ code }, { refetchInterval: 15_000 }),
  );

  if (data === undefined) {
    const unknown = error !== null && ["not_found", "invalid_input"].includes(apiErrorOf(error).errorCode);
    return (
      <Page title={code}>
        {isPending ? (
          <LoadingState label={t("loading")} />
        ) : unknown ? (
          <EmptyState
            pictogram="search"
            title={t("unknownTitle", { code })}
            text={t("unknownText")}
            action={<ToProgramme />}
          />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }

  const { competitionSession, categories } = data;
  const day = dayOf(competitionSession.startsAt, competitionSession.timeZone);
  return (
    <Page
      title={disciplineName(competitionSession)}
      over={
        <>
          <TextLink to="/" search={{ day }}>
            {nav("programme")}
          </TextLink>{" "}
          / <span className="tabular">{competitionSession.code}</span>
        </>
      }
      lead={<span className={classes.events}>{competitionSession.events}</span>}
    >
      <div className={classes.columns}>
        <CompetitionSessionHead competitionSession={competitionSession} />
        {competitionSession.state === "cancelled" ? (
          <EmptyState pictogram="no" title={t("cancelledTitle")} text={t("cancelledText")} action={<ToProgramme />} />
        ) : categories.every(({ offers }) => offers.length === 0) ? (
          <EmptyState pictogram="ticket" title={t("noOffersTitle")} text={t("noOffersText")} action={<ToProgramme />} />
        ) : (
          <OfferPicker
            // Another session's choice is not this one's.
            key={competitionSession.id}
            detail={data}
            inBasket={basket.lines}
            onAdd={(lines) => changeBasket((before) => lines.reduce(addLine, before))}
          />
        )}
      </div>
    </Page>
  );
}

function ToProgramme(): ReactNode {
  const t = useTranslations("shop.competitionSession");
  return (
    <ButtonLink to="/" variant="outline" color="ink">
      {t("toProgramme")}
    </ButtonLink>
  );
}
