import { Title } from "@mantine/core";
import type { HandOver } from "@tessera/contracts";
import { FormAlert, SettingButton, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";
import { OfferedTicket } from "./OfferedTicket.tsx";
import { useTakeBack } from "./use-take-back.ts";
import classes from "./Offers.module.css";

type OpenOffersProps = { readonly handOvers: readonly HandOver[]; readonly onTakenBack: (words: string) => void };

/** What the visitor has offered and nobody has answered yet. Nothing where there is none. */
export function OpenOffers({ handOvers, onTakenBack }: OpenOffersProps): ReactNode {
  const t = useTranslations("shop.handOver");
  const { date } = useFormats();
  const wordsFor = useRefusalWords();
  const { takeBack, pending, error } = useTakeBack(onTakenBack);
  const open = handOvers.filter(({ state, direction }) => state === "offered" && direction === "given");
  if (open.length === 0 && error === null) return null;
  return (
    <section aria-labelledby="open-offers" className={classes.offers}>
      <Title order={2} size="h3" id="open-offers">
        {t("page.givenTitle")}
      </Title>
      <FormAlert failure={error} words={wordsFor(error)} />
      <ul className={classes.list}>
        {open.map((one) => {
          const other = one.other ?? t("page.nobody");
          return (
            <li key={one.id} className={[classes.item, classes.row].join(" ")}>
              <div className={classes.fact}>
                <OfferedTicket handOver={one} />
                <div className={classes.state}>
                  {t("page.pending", {
                    other,
                    date: date(one.expiresAt, deviceZone, "dateTime"),
                  })}
                </div>
              </div>
              <div className={classes.action}>
                <SettingButton
                  label={t("offer.takeBackOf", { reference: one.ticketReference, email: other })}
                  loading={pending === one.id}
                  onClick={() => takeBack(one.id)}
                >
                  {t("offer.takeBack")}
                </SettingButton>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
