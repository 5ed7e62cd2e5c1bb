import { Alert, Button } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ScreenTitle } from "../../shared/ScreenTitle.tsx";
import { pinProblem } from "./pin-rules.ts";
import { PinPad } from "./PinPad.tsx";

type PinChoiceProps = {
  readonly onChosen: (pin: string) => void;
};

/** A new PIN, twice. */
export function PinChoice({ onChosen }: PinChoiceProps): ReactNode {
  const t = useTranslations("scanner.tablet.pin");
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<"easy" | "differs" | null>(null);
  const step = chosen === null ? "choose" : "repeat";

  function take(pin: string): void {
    if (chosen === null) {
      const isEasy = pinProblem(pin) !== null;
      setProblem(isEasy ? "easy" : null);
      setChosen(isEasy ? null : pin);
    } else if (pin === chosen) {
      onChosen(pin);
    } else {
      setProblem("differs");
      setChosen(null);
    }
  }

  return (
    <>
      <ScreenTitle key={`title ${step}`} text={chosen === null ? t("chooseText") : t("repeatText")}>
        {t(step)}
      </ScreenTitle>
      {problem !== null && (
        <Alert role="alert" color="terracotta" icon={<Pictogram name="warning" size={18} />}>
          {t(problem)}
        </Alert>
      )}
      <PinPad key={`pad ${step}`} label={t("label")} onPin={take} />
      {chosen !== null && (
        <Button variant="subtle" color="ink" onClick={() => setChosen(null)}>
          {t("startAgain")}
        </Button>
      )}
    </>
  );
}
