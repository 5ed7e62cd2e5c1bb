import { Button, Checkbox, Group, Text, Title } from "@mantine/core";
import type { HandOver } from "@tessera/contracts";
import { ConfirmDialog, useFormats } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { firstEnd } from "../../shared/hand-overs.ts";
import { OfferedTicket } from "./OfferedTicket.tsx";
import classes from "./Offers.module.css";

type OffersOfGiverProps = {
  readonly giver: string | null;
  readonly offers: readonly HandOver[];
  /** An answer is on its way. */
  readonly accepting: boolean;
  readonly onAccept: (handOverIds: string[]) => void;
  /** Settles when that is done, or was told to be impossible. */
  readonly onRefuse: (handOverIds: string[]) => Promise<unknown>;
};

/** What one person offers, to be accepted together or in part. */
export function OffersOfGiver({ giver, offers, accepting, onAccept, onRefuse }: OffersOfGiverProps): ReactNode {
  const t = useTranslations("shop.handOver.received");
  const id = useId();
  const { date } = useFormats();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);

  const wanted = offers.filter((offer) => !left.has(offer.id));
  const handOverIds = wanted.map((offer) => offer.id);
  const count = wanted.length;
  const name = giver ?? t("someone");
  return (
    <section aria-labelledby={id} className={classes.offers}>
      <Title order={2} size="h3" id={id}>
        {t("title", { giver: name, count: offers.length })}
      </Title>
      <ul className={classes.list} {...(offers.length > 1 ? { "aria-label": t("choose") } : {})}>
        {offers.map((offer) => (
          <li key={offer.id} className={classes.item}>
            {offers.length > 1 ? (
              <Checkbox
                checked={!left.has(offer.id)}
                disabled={accepting}
                onChange={({ currentTarget: { checked } }) => {
                  const others = new Set(left);
                  if (checked) others.delete(offer.id);
                  else others.add(offer.id);
                  setLeft(others);
                }}
                label={<OfferedTicket handOver={offer} />}
              />
            ) : (
              <OfferedTicket handOver={offer} />
            )}
          </li>
        ))}
      </ul>
      <Text>{t("text", { count: offers.length, date: date(firstEnd(offers), deviceZone, "dateTime") })}</Text>
      <Group gap="sm">
        <Button loading={accepting} disabled={count === 0} onClick={() => onAccept(handOverIds)}>
          {t("accept", { count: Math.max(1, count) })}
        </Button>
        <Button variant="subtle" color="ink" disabled={count === 0 || accepting} onClick={() => setAsking(true)}>
          {t("refuse")}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("refuseTitle", { count })}
        confirm={t("refuseConfirm", { count })}
        danger
        onConfirm={() => onRefuse(handOverIds)}
      >
        {t("refuseText", { giver: name, count })}
      </ConfirmDialog>
    </section>
  );
}
