import { Loader } from "@mantine/core";
import type { Outcome } from "@tessera/contracts";
import type { Scan } from "@tessera/scanner-core";
import { Mark, Pictogram, type StateName } from "@tessera/ui";
import { Fragment, type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useAgeText } from "../../shared/use-age.ts";
import { useDescription } from "./describe.ts";
import { VerdictDetails } from "./VerdictDetails.tsx";
import classes from "./VerdictScreen.module.css";

const pictograms: Record<Outcome, StateName> = { admit: "ok", check: "look", refuse: "no" };

type VerdictScreenProps = {
  /** Null while there is nothing to say: what stands behind is seen. */
  readonly scan: Scan | null;
  /** Of the venue. */
  readonly timeZone: string;
  readonly gateId: string;
  readonly opensAt: string;
  /** By the server's clock, unix milliseconds. */
  readonly nowMs: number;
  /** What can be done about it; it stands at the bottom. */
  readonly actions: ReactNode;
};

/** What was decided, over the whole screen: a word, a sign and a colour to be read at two metres, then the rest. */
export function VerdictScreen({ scan, actions, nowMs, ...details }: VerdictScreenProps): ReactNode {
  const t = useTranslations("scanner.verdict");
  const age = useAgeText();
  const decided = scan === null || scan.status === "asking" ? null : scan;
  return (
    <div
      className={classes.screen}
      data-status={scan?.status}
      data-outcome={decided?.verdict.outcome}
      data-reason={decided?.verdict.reason}
    >
      {/* Always there, so that a screen reader hears what changes in it; what counts up each second stays outside. */}
      <div className={classes.verdict} role="status" aria-live="assertive" aria-atomic="true" aria-label={t("label")}>
        {scan?.status === "asking" && (
          <div className={classes.asking}>
            <Loader size="xl" />
            <p>{t("asking")}</p>
          </div>
        )}
        {decided !== null && (
          <Fragment key={decided.nonce}>
            <Headline scan={decided} />
            <VerdictDetails scan={decided} {...details} />
          </Fragment>
        )}
      </div>
      {decided !== null && (
        <div className={classes.actions}>
          {actions}
          <span>{t("scannedAgo", { age: age(nowMs - Date.parse(decided.scannedAt)) })}</span>
        </div>
      )}
    </div>
  );
}

function Headline({ scan }: { readonly scan: Exclude<Scan, { status: "asking" }> }): ReactNode {
  const { outcome } = scan.verdict;
  const { word, why, help, also } = useDescription()(scan);
  return (
    <>
      <p className={classes.word}>
        <span className={classes.sign}>
          {outcome === "admit" ? <ClosingMark /> : <Pictogram name={pictograms[outcome]} size={120} />}
        </span>
        {word}
      </p>
      {why !== null && <p className={classes.why}>{why}</p>}
      <p className={classes.help}>{help}</p>
      {also !== null && <p className={classes.also}>{also}</p>}
    </>
  );
}

/** The two halves of the token meet, with the sign for yes in them. */
function ClosingMark(): ReactNode {
  const [closed, setClosed] = useState(false);
  useEffect(() => {
    // They must have been seen apart before they can meet.
    const frame = requestAnimationFrame(() => setClosed(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <span className={classes.mark}>
      <Mark closed={closed} size={144} />
      <Pictogram name="ok" size={72} className={classes.tick ?? ""} />
    </span>
  );
}
