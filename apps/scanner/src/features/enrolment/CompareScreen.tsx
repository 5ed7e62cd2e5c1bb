import { Button, Loader, Text } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Screen } from "../../shared/Screen.tsx";
import { ScreenTitle } from "../../shared/ScreenTitle.tsx";
import { inTwo } from "./typed-code.ts";
import classes from "./enrolment.module.css";

type CompareScreenProps = {
  /** Eight characters. */
  readonly comparison: string;
  /** Whether the server answers. */
  readonly connected: boolean;
  /** Forgets this try. */
  readonly onCancel: () => void;
};

/** Two people compare two screens; the supervisor's has the buttons. */
export function CompareScreen({ comparison, connected, onCancel }: CompareScreenProps): ReactNode {
  const t = useTranslations("scanner.tablet.compare");
  return (
    <Screen wide>
      <ScreenTitle text={t("lead")}>{t("title")}</ScreenTitle>
      <output aria-label={t("label")} className={classes.comparison}>
        {inTwo(comparison)
          .split(" ")
          .map((half, index) => (
            <span key={index}>{half}</span>
          ))}
      </output>
      <Text maw="62ch">{t("instruction")}</Text>
      <p role="status" className={classes.waiting}>
        {connected ? <Loader size="sm" /> : <Pictogram name="offline" size={24} />}
        {connected ? t("waiting") : t("silent")}
      </p>
      <div>
        <Button variant="default" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </Screen>
  );
}
