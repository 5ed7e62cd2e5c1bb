import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import { EmptyState, ErrorState, LoadingState, Page, useOfferName, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { EditOfferForm } from "../features/offers/EditOfferForm.tsx";
import { OfferFacts } from "../features/offers/OfferFacts.tsx";
import { ButtonLink, TextLink } from "../shared/links.tsx";

const route = getRouteApi("/offers/$offerId");
const refreshMs = 10_000;

/** One offer: how it sells, and what can be changed of it. */
export function OfferPage(): ReactNode {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const offerName = useOfferName();
  const { offerId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(
    trpc.admin.catalogue.offer.queryOptions({ offerId }, { refetchInterval: refreshMs }),
  );
  const over = <TextLink to="/offers">{t("nav.offers")}</TextLink>;

  if (data === undefined) {
    const unknown = error !== null && ["not_found", "invalid_input"].includes(apiErrorOf(error).errorCode);
    return (
      <Page title={t("editOffer.title")} over={over}>
        {isPending ? (
          <LoadingState />
        ) : unknown ? (
          <EmptyState
            pictogram="search"
            title={t("editOffer.unknownTitle")}
            text={t("editOffer.unknownText")}
            action={<ButtonLink to="/offers">{t("editOffer.toOffers")}</ButtonLink>}
          />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={`${data.entries.map(({ competitionSession }) => competitionSession.code).join(" + ")} · ${offerName(data)}`}
      over={over}
    >
      <OfferFacts offer={data} />
      <EditOfferForm key={data.id} offer={data} />
    </Page>
  );
}
