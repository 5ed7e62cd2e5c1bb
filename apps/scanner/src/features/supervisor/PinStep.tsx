import { Alert, Button } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { PinAnswer, RenderPin, Supervisor } from "./supervisor.ts";
import classes from "./supervisor.module.css";

const words = { wrong_pin: "wrongPin", none_left: "spent", failed: "failed" } as const;

type PinStepProps = {
  readonly supervisor: Supervisor;
  readonly renderPin: RenderPin;
  readonly onPin: (pin: string) => Promise<PinAnswer>;
  readonly onDone: () => void;
  readonly onBack: () => void;
};

/** The supervisor's own factor. A wrong PIN is asked for again. */
export function PinStep({ supervisor, renderPin, onPin, onDone, onBack }: PinStepProps): ReactNode {
  const t = useTranslations("scanner.override");
  const lead = useRef<HTMLParagraphElement>(null);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<{ readonly tries: number; readonly what: Exclude<PinAnswer, "done"> | null }>({
    tries: 0,
    what: null,
  });

  // What had the focus is gone with the step before.
  useEffect(() => lead.current?.focus(), []);

  const tryPin = async (pin: string): Promise<void> => {
    setBusy(true);
    const what = await onPin(pin).catch((): PinAnswer => "failed");
    setBusy(false);
    if (what === "done") onDone();
    else setAnswer(({ tries }) => ({ tries: tries + 1, what }));
  };
  return (
    <div className={classes.step}>
      <p ref={lead} tabIndex={-1} className={classes.lead}>
        {t("pin", { name: supervisor.displayName })}
      </p>
      {answer.what !== null && (
        <Alert key={answer.tries} role="alert" color="terracotta" icon={<Pictogram name="warning" size={18} />}>
          {t(words[answer.what])}
        </Alert>
      )}
      {/* A pad of its own for each try: nothing of the wrong one stays. */}
      <div key={answer.tries} className={classes.pad}>
        {renderPin({
          label: t("pin", { name: supervisor.displayName }),
          busy,
          onPin: (pin) => void tryPin(pin),
        })}
      </div>
      <Button variant="subtle" color="ink" disabled={busy} onClick={onBack}>
        {t("back")}
      </Button>
    </div>
  );
}
