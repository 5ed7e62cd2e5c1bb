import type { AdminOffer } from "@tessera/contracts";
import { useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ConflictNotice } from "../../shared/ConflictNotice.tsx";
import { type ChangeableField, changedFields } from "./offer-changes.ts";
import { timeZoneOf } from "./offer-form.ts";

type OfferConflictProps = {
  /** What the form was filled from. */
  readonly loaded: AdminOffer;
  /** What somebody else has made of it since. */
  readonly now: AdminOffer;
  readonly onReload: () => void;
  readonly onKeep: () => void;
};

/** What differs between the offer that was loaded and the one there is now. */
export function OfferConflict({ loaded, now, ...decide }: OfferConflictProps): ReactNode {
  const t = useTranslations("admin.conflict");
  const say = useSayField();
  const changes = changedFields(loaded, now).map((field) => ({
    field,
    text: t(`fields.${field}`, { before: say(loaded, field), after: say(now, field) }),
  }));
  return <ConflictNotice title={t("title")} text={t("text")} version={now.version} changes={changes} {...decide} />;
}

function useSayField(): (offer: AdminOffer, field: ChangeableField) => string {
  const t = useTranslations("admin");
  const offerName = useOfferName();
  const { date, price, number } = useFormats();
  const moment = (offer: AdminOffer, instant: string | null): string =>
    instant === null ? t("conflict.none") : date(instant, timeZoneOf(offer), "dateTime");
  const said: Record<ChangeableField, (offer: AdminOffer) => string> = {
    state: ({ state }) => t(`offerStates.${state}`),
    price: ({ priceCents, currency }) => price(priceCents, currency),
    maxPerOrder: (offer) => number(offer.maxPerOrder),
    salesOpenAt: (offer) => moment(offer, offer.salesOpenAt),
    salesCloseAt: (offer) => moment(offer, offer.salesCloseAt),
    name: offerName,
  };
  return (offer, field) => said[field](offer);
}
