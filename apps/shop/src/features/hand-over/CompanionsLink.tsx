import type { Ticket } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import { isForSeveral } from "./together.ts";
import classes from "./Offers.module.css";

/** From several tickets of one competition session to who goes in with which. Nothing where there is but one. */
export function CompanionsLink({ tickets }: { readonly tickets: readonly Ticket[] }): ReactNode {
  const t = useTranslations("shop.companions");
  const [first] = tickets;
  if (first === undefined || !isForSeveral(tickets)) return null;
  const { code } = first.competitionSession;
  return (
    <p className={classes.foot}>
      <TextLink to="/companions" search={{ session: code }} aria-label={t("linkOf", { code })}>
        {t("link")}
      </TextLink>
    </p>
  );
}
