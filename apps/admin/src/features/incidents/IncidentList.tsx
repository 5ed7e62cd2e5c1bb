import type { Incident } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import { IncidentState } from "./IncidentState.tsx";
import classes from "./Incidents.module.css";

type IncidentListProps = {
  readonly label: string;
  readonly incidents: readonly Incident[];
};

/** Incidents, the newest first: what kind, whose ticket, where and when. Each leads to its own page. */
export function IncidentList({ label, incidents }: IncidentListProps): ReactNode {
  return (
    <ul className={classes.list} aria-label={label}>
      {incidents.map((incident) => (
        <li key={incident.id} className={classes.row}>
          <IncidentRow incident={incident} />
        </li>
      ))}
    </ul>
  );
}

function IncidentRow({ incident }: { readonly incident: Incident }): ReactNode {
  const t = useTranslations("admin.gate");
  const { date } = useFormats();
  const { kind, competitionSession, foundAt, ticket, scans } = incident;
  const title = t(`kinds.${kind}.title`);
  const gates = [...new Set(scans.map(({ gate }) => gate.code))];
  return (
    <>
      <span className={classes.what}>
        <TextLink
          to="/gate/incidents/$incidentId"
          params={{ incidentId: incident.id }}
          className={classes.title ?? ""}
          aria-label={t("incidents.open", {
            kind: title,
            holder: ticket?.holderName ?? t("incidents.noTicket"),
          })}
        >
          {title}
        </TextLink>
        <span className={classes.who}>{ticket?.holderName ?? t("incidents.noTicket")}</span>
      </span>
      <span className={classes.where}>
        {gates.map((code) => t("gate", { code })).join(" · ")}
        <span className={classes.quiet}>{competitionSession.code}</span>
      </span>
      <span className={classes.when}>{date(foundAt, competitionSession.timeZone, "exactMoment")}</span>
      <span>
        <IncidentState state={incident.state} />
      </span>
    </>
  );
}
