import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { Page } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { NewOfferForm } from "../features/offers/NewOfferForm.tsx";
import { useOfferCache } from "../features/offers/use-offer-cache.ts";
import { TextLink } from "../shared/links.tsx";

/** A new offer, as a draft. */
export function NewOfferPage(): ReactNode {
  const t = useTranslations("admin");
  const navigate = useNavigate();
  const cache = useOfferCache();
  return (
    <Page
      title={t("newOffer.title")}
      over={<TextLink to="/offers">{t("nav.offers")}</TextLink>}
      lead={t("newOffer.lead")}
    >
      <NewOfferForm
        onCreated={(offer) => {
          cache.keep(offer);
          notifications.show({ message: t("newOffer.created"), color: "laurel" });
          void navigate({ to: "/offers/$offerId", params: { offerId: offer.id } });
        }}
      />
    </Page>
  );
}
