import { UnstyledButton } from "@mantine/core";
import type { ShownScan } from "@tessera/scanner-core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { conclusionOf } from "./conclusion.ts";
import classes from "./VerdictActions.module.css";

type VerdictActionsProps = {
  readonly verdict: ShownScan;
  /** Back to what the camera sees. */
  readonly onNext: () => void;
  readonly onDecide: (admit: boolean) => void;
  /** A supervisor decides against what the screen says. */
  readonly onOverride: () => void;
  /** Whoever decided has pressed the wrong one, and chooses again. */
  readonly onReconsider: () => void;
};

/** What a person can do now: two answers where a look was asked for; else only to go on, wherever they tap. */
export function VerdictActions({
  verdict,
  onNext,
  onDecide,
  onOverride,
  onReconsider,
}: VerdictActionsProps): ReactNode {
  const t = useTranslations("scanner.verdict");
  const conclusion = conclusionOf(verdict);
  if (conclusion === "undecided") {
    const [letIn, sendAway] = [t("letInKey"), t("sendAwayKey")];
    return (
      <div className={classes.choice}>
        <UnstyledButton
          className={`${classes.answer} ${classes.yes}`}
          aria-keyshortcuts={letIn}
          onClick={() => onDecide(true)}
        >
          <Pictogram name="ok" size={48} />
          {verdict.direction === "in" ? t("letIn") : t("letOut")}
        </UnstyledButton>
        <UnstyledButton
          className={`${classes.answer} ${classes.no}`}
          aria-keyshortcuts={sendAway}
          onClick={() => onDecide(false)}
        >
          <Pictogram name="no" size={48} />
          {t("sendAway")}
        </UnstyledButton>
        <p className={classes.keys}>{t("keys", { letIn, sendAway })}</p>
      </div>
    );
  }
  return (
    <>
      {/* Its area is the whole verdict: a tap anywhere is enough. */}
      <UnstyledButton className={`${classes.action} ${classes.next}`} onClick={onNext}>
        {t("next")}
      </UnstyledButton>
      {(conclusion === "refused" || conclusion === "through") && (
        <UnstyledButton className={`${classes.action} ${classes.quiet}`} onClick={onOverride}>
          {t("supervisor")}
        </UnstyledButton>
      )}
      {verdict.decision?.override === false && (
        <UnstyledButton className={`${classes.action} ${classes.quiet}`} onClick={onReconsider}>
          {t("reconsider")}
        </UnstyledButton>
      )}
    </>
  );
}
