import { Link } from "@tanstack/react-router";
import type { Gate } from "@tessera/contracts";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useGateName } from "../../shared/use-gate-name.ts";
import classes from "./choice.module.css";

type GateListProps = {
  readonly competitionSessionId: string;
  readonly gates: readonly Gate[];
  /** Where this tablet worked the last time, if it stood at this venue. */
  readonly lastGateId: string | null;
};

/** The gates of a venue; the one that this tablet is most likely at stands out. */
export function GateList({ competitionSessionId, gates, lastGateId }: GateListProps): ReactNode {
  const t = useTranslations("scanner.gates");
  const gateName = useGateName();
  return (
    <ul className={classes.gates}>
      {gates.map((gate) => (
        <li key={gate.id}>
          <Link
            to="/$competitionSessionId/$gateId"
            params={{ competitionSessionId, gateId: gate.id }}
            className={classes.gate ?? ""}
            data-last={gate.id === lastGateId}
          >
            <Pictogram name="gate" size={36} />
            <span className={classes.gateName}>{gateName(gate)}</span>
            {gate.id === lastGateId && <span>{t("last")}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
