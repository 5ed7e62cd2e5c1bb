import type { ShownPassage, ShownScan, ShownTicket } from "@tessera/scanner-core";
import { DateTimeText, dayOf, Pictogram, useDisciplineName, useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { spacedReference } from "../../shared/spaced-reference.ts";
import { useAgeText } from "../../shared/use-age.ts";
import { useGateName } from "../../shared/use-gate-name.ts";
import { mustCompare } from "./describe.ts";
import classes from "./VerdictScreen.module.css";

type VerdictDetailsProps = {
  readonly verdict: ShownScan;
  readonly timeZone: string;
  readonly gateId: string;
  readonly opensAt: string;
};

/** Who stands there, what was bought, and what came before. */
export function VerdictDetails({ verdict, timeZone, gateId, opensAt }: VerdictDetailsProps): ReactNode {
  const t = useTranslations("scanner.verdict");
  const formats = useFormats();
  const { ticket, earlier, reason, scannedAtMs } = verdict;
  if (ticket === null && earlier === null && reason !== "too_early") return null;
  return (
    <div className={classes.details}>
      {earlier !== null && <Earlier earlier={earlier} timeZone={timeZone} gateId={gateId} scannedAtMs={scannedAtMs} />}
      {reason === "too_early" && (
        <p className={classes.first}>
          {t("opensAt", {
            day: formats.date(opensAt, timeZone, "day"),
            time: formats.date(opensAt, timeZone, "time"),
          })}
        </p>
      )}
      {ticket !== null && <Person ticket={ticket} compared={mustCompare(verdict)} />}
    </div>
  );
}

type PersonProps = {
  readonly ticket: ShownTicket;
  /** The name is what must be looked at. */
  readonly compared: boolean;
};

function Person({ ticket, compared }: PersonProps): ReactNode {
  const t = useTranslations("scanner.verdict");
  const offerName = useOfferName();
  const disciplineName = useDisciplineName();
  const { holderName, otherSession, party, wheelchair, child, reference } = ticket;
  return (
    <>
      {otherSession !== null && (
        <p className={classes.first}>
          {t("ticketFor")} {otherSession.code} {disciplineName(otherSession)},{" "}
          <DateTimeText at={otherSession.startsAt} timeZone={otherSession.timeZone} show="dateTime" />,{" "}
          {otherSession.venue}
        </p>
      )}
      {compared ? (
        <p className={classes.compare}>
          <span>{t("compare")}</span>
          <strong className={classes.compared}>{holderName}</strong>
        </p>
      ) : (
        <p className={classes.holder}>{holderName ?? t("nameLocked")}</p>
      )}
      <p className={classes.offer}>
        <span className={classes.seat}>{t("category", { category: ticket.category })}</span>
        <span className={classes.seat}>{t("zone", { zone: ticket.zone })}</span>
        <span>{offerName(ticket)}</span>
        {party !== null && <span>{t("party", { ...party, kind: ticket.kind })}</span>}
      </p>
      {(wheelchair === true || child === true) && (
        <p className={classes.flags}>
          {wheelchair === true && (
            <span className={classes.flag}>
              <Pictogram name="seat" size={36} /> {t("wheelchair")}
            </span>
          )}
          {child === true && (
            <span className={classes.flag}>
              <Pictogram name="people" size={36} /> {t("child")}
            </span>
          )}
        </p>
      )}
      {reference !== null && <p>{t("reference", { reference: spacedReference(reference) })}</p>}
    </>
  );
}

type EarlierProps = {
  readonly earlier: ShownPassage;
  readonly timeZone: string;
  readonly gateId: string;
  readonly scannedAtMs: number;
};

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The passage before: to the second, and with its day, or its zone, if that is another than here and now. */
function Earlier({ earlier, timeZone, gateId, scannedAtMs }: EarlierProps): ReactNode {
  const t = useTranslations("scanner.verdict");
  const gateName = useGateName();
  const formats = useFormats();
  const age = useAgeText();
  const [at, scannedAt] = [new Date(earlier.atMs).toISOString(), new Date(scannedAtMs).toISOString()];
  const isDevices = formats.date(at, timeZone, "dateTime") === formats.date(at, deviceZone, "dateTime");
  const time = formats.date(at, timeZone, isDevices ? "exactTime" : "zonedTime");
  const day = formats.date(at, timeZone, "day");
  const gate = earlier.gate === null ? t("unknownGate") : gateName(earlier.gate);
  const isToday = dayOf(at, timeZone) === dayOf(scannedAt, timeZone);
  const [today, otherDay] =
    earlier.direction === "in" ? (["first", "firstOn"] as const) : (["left", "leftOn"] as const);
  return (
    <>
      <p className={classes.first}>{isToday ? t(today, { time, gate }) : t(otherDay, { day, time, gate })}</p>
      {earlier.gate?.id === gateId && isToday && (
        <p className={classes.here}>{t("firstHere", { age: age(scannedAtMs - earlier.atMs) })}</p>
      )}
      {earlier.byHand && <p className={classes.here}>{t("earlierByHand")}</p>}
    </>
  );
}
