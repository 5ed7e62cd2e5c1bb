import type { Incident } from "@tessera/contracts";
import { useAccount, useDisciplineName, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import { IncidentState } from "./IncidentState.tsx";
import classes from "./Incidents.module.css";

/** What an incident is about: whose ticket, of which competition session. The order is for admins to open. */
export function IncidentFacts({ incident }: { readonly incident: Incident }): ReactNode {
  const t = useTranslations("admin.gate.incident");
  const { role } = useAccount();
  const { date } = useFormats();
  const disciplineName = useDisciplineName();
  const { state, competitionSession, foundAt, ticket } = incident;
  return (
    <dl className={classes.facts} aria-label={t("facts")}>
      <div>
        <dt>{t("state")}</dt>
        <dd>
          <IncidentState state={state} />
        </dd>
      </div>
      <div>
        <dt>{t("foundAt")}</dt>
        <dd>{date(foundAt, competitionSession.timeZone, "exactMoment")}</dd>
      </div>
      <div>
        <dt>{t("session")}</dt>
        <dd>
          {competitionSession.code} · {disciplineName(competitionSession)}
        </dd>
      </div>
      {ticket !== null && (
        <>
          <div>
            <dt>{t("holder")}</dt>
            <dd>{ticket.holderName}</dd>
          </div>
          <div>
            <dt>{t("ticket")}</dt>
            <dd>
              {role === "admin" ? (
                <TextLink
                  to="/orders/$orderId"
                  params={{ orderId: ticket.orderId }}
                  aria-label={t("openOrder", { reference: ticket.reference })}
                >
                  {ticket.reference}
                </TextLink>
              ) : (
                ticket.reference
              )}
            </dd>
          </div>
        </>
      )}
    </dl>
  );
}
