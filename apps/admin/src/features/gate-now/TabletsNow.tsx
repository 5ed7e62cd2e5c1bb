import { Title } from "@mantine/core";
import type { GateCounts, ScannerView } from "@tessera/contracts";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import { useNow } from "../../shared/use-now.ts";
import { useSayAgo } from "../../shared/use-say-ago.ts";
import classes from "./GateNow.module.css";

type TabletsNowProps = {
  readonly counts: GateCounts;
  readonly tablets: readonly ScannerView[];
};

/** Tablets check in every 15 seconds; the server says for how many of them that is so. */
const contactMs = 60_000;

/** How many tablets are in contact, and which ones know what the server does not. */
export function TabletsNow({ counts, tablets }: TabletsNowProps): ReactNode {
  const t = useTranslations("admin.gate.now");
  const now = useNow();
  const heading = useId();
  const { tablets: all, tabletsInContact: inContact, missingRecords } = counts;
  const own = tablets.filter(
    ({ state, competitionSessions }) =>
      state === "enrolled" && competitionSessions.some(({ id }) => id === counts.competitionSessionId),
  );
  const away = ({ lastContactAt }: ScannerView): boolean =>
    lastContactAt === null || now - Date.parse(lastContactAt) >= contactMs;
  const worth = own.filter((tablet) => tablet.missing > 0 || away(tablet));
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("tablets")}
      </Title>
      <p className={classes.text}>
        {t("contact", { tablets: all, inContact })}{" "}
        {all > 0 && (missingRecords === 0 ? t("allThere") : t("missing", { count: missingRecords }))}
      </p>
      {worth.length > 0 && (
        <ul className={classes.list}>
          {worth.map((tablet) => (
            <li key={tablet.id}>
              <OneTablet tablet={tablet} away={away(tablet)} now={now} />
            </li>
          ))}
        </ul>
      )}
      <TextLink to="/gate/tablets">{t("toTablets")}</TextLink>
    </section>
  );
}

type OneTabletProps = { readonly tablet: ScannerView; readonly away: boolean; readonly now: number };

function OneTablet({ tablet: { name, gate, missing, lastContactAt }, away, now }: OneTabletProps): ReactNode {
  const t = useTranslations("admin.gate.now");
  const gateWords = useTranslations("admin.gate");
  const ago = useSayAgo();
  return (
    <>
      <strong>{name}</strong> <span className={classes.quiet}>{gateWords("gate", { code: gate.code })}</span>
      <br />
      {missing > 0 && <>{t("onlyThere", { count: missing })} </>}
      {away && (lastContactAt === null ? t("neverSeen") : t("outOfContact", { ago: ago(lastContactAt, now) }))}
    </>
  );
}
