import type { Gate } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useGateName } from "../../shared/use-gate-name.ts";
import classes from "./shift.module.css";

type GateChoiceProps = {
  readonly gates: readonly Gate[];
  /** Where the tablet is meant to be. */
  readonly ownGateId: string;
  readonly chosenId: string;
  readonly onChoose: (gateId: string) => void;
};

/** The gates of the venue; the tablet's own is chosen already. */
export function GateChoice({ gates, ownGateId, chosenId, onChoose }: GateChoiceProps): ReactNode {
  const t = useTranslations("scanner.tablet.home");
  const gateName = useGateName();
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{t("gate")}</legend>
      <div className={classes.gates}>
        {gates.map((gate) => (
          <label key={gate.id} className={classes.gate}>
            <input
              type="radio"
              name="gate"
              className={classes.radio}
              checked={gate.id === chosenId}
              onChange={() => onChoose(gate.id)}
            />
            <span className={classes.gateName}>
              {gateName(gate)}
              {gate.id === ownGateId && <span className={classes.own}>{t("ownGate")}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
