import type { Gate } from "@tessera/contracts";
import type { Scan, ScanVerdict } from "@tessera/scanner-core";
import { DateTimeText, dayOf, useDisciplineName, useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAgeText } from "../../shared/use-age.ts";
import { useGateName } from "../../shared/use-gate-name.ts";
import classes from "./VerdictScreen.module.css";

type VerdictDetailsProps = {
  readonly scan: Exclude<Scan, { readonly status: "asking" }>;
  readonly timeZone: string;
  readonly gateId: string;
  readonly opensAt: string;
};

/** Who stands there, what was bought, and what came before. */
export function VerdictDetails({ scan, timeZone, gateId, opensAt }: VerdictDetailsProps): ReactNode {
  const t = useTranslations("scanner.verdict");
  const offerName = useOfferName();
  const formats = useFormats();
  const { ticket, first, reason } = scan.verdict;
  if (ticket === null && first === null && reason !== "too_early") return null;
  return (
    <div className={classes.details}>
      {first !== null && <First first={first} timeZone={timeZone} gateId={gateId} scannedAt={scan.scannedAt} />}
      {reason === "too_early" && (
        <p className={classes.first}>
          {t("opensAt", {
            day: formats.date(opensAt, timeZone, "day"),
            time: formats.date(opensAt, timeZone, "time"),
          })}
        </p>
      )}
      {ticket !== null && (
        <>
          {reason === "wrong_competition_session" && <OtherSession of={ticket.competitionSession} />}
          <p className={classes.holder}>{ticket.holderName}</p>
          <p className={classes.offer}>
            {offerName(ticket)} · {t("category", { category: ticket.category })} · {t("zone", { zone: ticket.zone })}
          </p>
          {ticket.reference !== null && <p>{t("reference", { reference: ticket.reference })}</p>}
        </>
      )}
    </div>
  );
}

type FirstProps = {
  readonly first: { readonly at: string; readonly gate: Gate };
  readonly timeZone: string;
  readonly gateId: string;
  readonly scannedAt: string;
};

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The admission before this one: to the second, and with its day, or its zone, if that is another than here and now. */
function First({ first, timeZone, gateId, scannedAt }: FirstProps): ReactNode {
  const t = useTranslations("scanner.verdict");
  const gateName = useGateName();
  const formats = useFormats();
  const age = useAgeText();
  const isDevices = formats.date(first.at, timeZone, "dateTime") === formats.date(first.at, deviceZone, "dateTime");
  const time = formats.date(first.at, timeZone, isDevices ? "exactTime" : "zonedTime");
  const gate = gateName(first.gate);
  const isToday = dayOf(first.at, timeZone) === dayOf(scannedAt, timeZone);
  return (
    <>
      <p className={classes.first}>
        {isToday
          ? t("first", { time, gate })
          : t("firstOn", { day: formats.date(first.at, timeZone, "day"), time, gate })}
      </p>
      {first.gate.id === gateId && isToday && (
        <p className={classes.here}>{t("firstHere", { age: age(Date.parse(scannedAt) - Date.parse(first.at)) })}</p>
      )}
    </>
  );
}

function OtherSession({ of }: { readonly of: NonNullable<ScanVerdict["ticket"]>["competitionSession"] }): ReactNode {
  const t = useTranslations("scanner.verdict");
  const disciplineName = useDisciplineName();
  return (
    <p className={classes.first}>
      {t("ticketFor")} {of.code} {disciplineName(of)},{" "}
      <DateTimeText at={of.startsAt} timeZone={of.timeZone} show="dateTime" />, {of.venue}
    </p>
  );
}
