import { Title } from "@mantine/core";
import type { HandOver } from "@tessera/contracts";
import { DateTimeText } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { OfferedTicket } from "./OfferedTicket.tsx";
import classes from "./Offers.module.css";

/** What became of offers that are over, both ways, the newest first. Nothing where there is none. */
export function PastOffers({ handOvers }: { readonly handOvers: readonly HandOver[] }): ReactNode {
  const t = useTranslations("shop.handOver.page");
  const past = handOvers
    .filter(({ state }) => state !== "offered")
    .toSorted((a, b) => (b.endedAt ?? "").localeCompare(a.endedAt ?? ""));
  if (past.length === 0) return null;
  return (
    <section aria-labelledby="past-offers" className={classes.offers}>
      <Title order={2} size="h3" id="past-offers">
        {t("pastTitle")}
      </Title>
      <ul className={classes.list}>
        {past.map((one) => (
          <li key={one.id} className={[classes.item, classes.row].join(" ")}>
            <div className={classes.fact}>
              <div className={classes.state}>
                {one.state !== "offered" && t(`${one.direction}.${one.state}`, { other: one.other ?? t("nobody") })}
              </div>
              <OfferedTicket handOver={one} />
            </div>
            {one.endedAt !== null && (
              <span className={classes.quiet}>
                <DateTimeText at={one.endedAt} timeZone={deviceZone} show="moment" />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
