import { Alert, Button, Group } from "@mantine/core";
import type { AdminOffer } from "@tessera/contracts";
import { Pictogram, useFormats, useOfferName } from "@tessera/ui";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { type ChangeableField, changedFields } from "./offer-changes.ts";
import { timeZoneOf } from "./offer-form.ts";
import classes from "./OfferForm.module.css";

type ConflictNoticeProps = {
  /** What the form was filled from. */
  readonly loaded: AdminOffer;
  /** What somebody else has made of it since. */
  readonly now: AdminOffer;
  /** Throws away what was typed. */
  readonly onReload: () => void;
  /** Goes on with what was typed, knowing what it replaces. */
  readonly onKeep: () => void;
};

/** Somebody else was faster. What was typed is still in the form below; the admin decides what becomes of it. */
export function ConflictNotice({ loaded, now, onReload, onKeep }: ConflictNoticeProps): ReactNode {
  const t = useTranslations("admin.conflict");
  const say = useSayField();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), [now.version]);
  const fields = changedFields(loaded, now);
  return (
    <Alert
      ref={notice}
      role="alert"
      tabIndex={-1}
      color="ochre"
      title={t("title")}
      icon={<Pictogram name="people" size={18} />}
      className={classes.notice ?? ""}
    >
      {t("text")}
      {fields.length > 0 && (
        <ul>
          {fields.map((field) => (
            <li key={field}>{t(`fields.${field}`, { before: say(loaded, field), after: say(now, field) })}</li>
          ))}
        </ul>
      )}
      <Group gap="sm" mt="sm">
        <Button color="ink" onClick={onReload}>
          {t("reload")}
        </Button>
        <Button color="ink" variant="outline" onClick={onKeep}>
          {t("keep")}
        </Button>
      </Group>
    </Alert>
  );
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
