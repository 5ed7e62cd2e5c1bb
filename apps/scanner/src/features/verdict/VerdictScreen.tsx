import type { Outcome } from "@tessera/contracts";
import type { ShownScan } from "@tessera/scanner-core";
import { Mark, Pictogram, type StateName } from "@tessera/ui";
import { Fragment, type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useAgeText } from "../../shared/use-age.ts";
import { useGateName } from "../../shared/use-gate-name.ts";
import { faceOf } from "./conclusion.ts";
import { isUnconfirmed, useDescription } from "./describe.ts";
import { VerdictDetails } from "./VerdictDetails.tsx";
import classes from "./VerdictScreen.module.css";

const pictograms: Record<Exclude<Outcome, "admit">, StateName> = { check: "look", refuse: "no" };

type VerdictScreenProps = {
  /** Null while there is nothing to say: what stands behind is seen. */
  readonly verdict: ShownScan | null;
  /** The next one is on its way: this one is nobody's any more. */
  readonly deciding: boolean;
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
export function VerdictScreen({ verdict, deciding, actions, nowMs, ...details }: VerdictScreenProps): ReactNode {
  const t = useTranslations("scanner.verdict");
  const age = useAgeText();
  return (
    <div
      className={classes.screen}
      data-shown={verdict !== null}
      data-deciding={deciding}
      data-outcome={verdict === null ? undefined : faceOf(verdict)}
      data-reason={verdict?.reason}
    >
      {/* Always there, so that a screen reader hears what changes in it; what counts up each second stays outside. */}
      <div className={classes.verdict} role="status" aria-live="assertive" aria-atomic="true" aria-label={t("label")}>
        {verdict !== null && (
          <Fragment key={verdict.key}>
            <Headline verdict={verdict} />
            <VerdictDetails verdict={verdict} {...details} />
          </Fragment>
        )}
      </div>
      {verdict !== null && (
        <div className={classes.actions}>
          {actions}
          <p className={classes.age}>{t("scannedAgo", { age: age(nowMs - verdict.scannedAtMs) })}</p>
        </div>
      )}
    </div>
  );
}

function Headline({ verdict }: { readonly verdict: ShownScan }): ReactNode {
  const t = useTranslations("scanner.verdict");
  const gateName = useGateName();
  const face = faceOf(verdict);
  const { word, why, help, also } = useDescription()(verdict);
  const { reason, homeGate } = verdict;
  return (
    <>
      <p className={classes.word}>
        <span className={classes.sign} data-outcome={face}>
          {face === "admit" ? <ClosingMark /> : <Pictogram name={pictograms[face]} size={120} />}
        </span>
        {word}
      </p>
      <div className={classes.reason}>
        {why !== null && <p className={classes.why}>{why}</p>}
        {face === "refuse" && reason === "wrong_gate" && homeGate !== null && (
          <p className={classes.way}>
            <Pictogram name="gate" size={48} />
            {t("wrongGateTo", { gate: gateName(homeGate) })}
          </p>
        )}
        {help !== null && <p className={classes.help}>{help}</p>}
        {isUnconfirmed(verdict) && (
          <p className={classes.unconfirmed}>
            <Pictogram name="offline" size={24} /> {t("unconfirmed")}
          </p>
        )}
        {also !== null && <p className={classes.also}>{also}</p>}
      </div>
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
