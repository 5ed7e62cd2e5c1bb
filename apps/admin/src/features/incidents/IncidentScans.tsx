import { Title } from "@mantine/core";
import type { Incident } from "@tessera/contracts";
import { Pictogram, useFormats } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { ageOf } from "../../shared/age.ts";
import { useGateName } from "../../shared/use-gate-name.ts";
import classes from "./Incidents.module.css";

type Scan = Incident["scans"][number];

/** What the server hears within this time it has heard at once. */
const atOnceMs = 2_000;

/** Every scan that an incident is about, in the order in which they were made: where, by whom, what was known there. */
export function IncidentScans({ incident }: { readonly incident: Incident }): ReactNode {
  const t = useTranslations("admin.gate.incident");
  const heading = useId();
  const { scans, competitionSession } = incident;
  if (scans.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("scans")}
      </Title>
      <ol className={classes.scans}>
        {scans.map((scan) => (
          <li key={scan.scanId} className={classes.scan}>
            <OneScan scan={scan} timeZone={competitionSession.timeZone} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function OneScan({ scan, timeZone }: { readonly scan: Scan; readonly timeZone: string }): ReactNode {
  const t = useTranslations("admin.gate.incident");
  const { date } = useFormats();
  const gateName = useGateName();
  const { at, receivedAt, gate, direction, through } = scan;
  const isLate = Date.parse(receivedAt) - Date.parse(at) > atOnceMs;
  return (
    <>
      <p className={classes.moment}>
        <strong>{date(at, timeZone, "exactTime")}</strong>
        <span className={classes.quiet}>
          {isLate ? t("heard", { time: date(receivedAt, timeZone, "exactMoment") }) : t("heardAtOnce")}
        </span>
      </p>
      <div className={classes.scanBody}>
        <p className={classes.place}>
          {t("atGate", { direction: t(direction === "in" ? "entry" : "exit"), gate: gateName(gate) })}
        </p>
        <p className={through ? classes.went : classes.stayed}>
          <Pictogram name={through ? "gate" : "no"} size={18} />
          {t(through ? "through" : "notThrough")}
        </p>
        <ScanFacts scan={scan} timeZone={timeZone} />
      </div>
    </>
  );
}

function ScanFacts({ scan, timeZone }: { readonly scan: Scan; readonly timeZone: string }): ReactNode {
  const t = useTranslations("admin.gate.incident");
  const reasons = useTranslations("reasons");
  const known = useSayKnown();
  const { tablet, staff, outcome, reason, means, sameCode } = scan;
  const facts: readonly (readonly [string, string])[] = [
    [t("tablet"), tablet === "" ? t("unknownTablet") : tablet],
    [t("staff"), staff ?? t("nobody")],
    [
      t("screen"),
      outcome === null
        ? t("nothingShown")
        : [t(`outcomes.${outcome}`), ...(reason === null ? [] : [reasons(`${reason}.title`)])].join(" · "),
    ],
    [t("knew"), known(scan, timeZone)],
  ];
  return (
    <>
      <p className={classes.quiet}>{sameCode ? t("sameCode", { means: t(`means.${means}`) }) : t(`means.${means}`)}</p>
      <dl className={classes.scanFacts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Whether the tablet was alone, and how old what it knew was. */
function useSayKnown(): (scan: Scan, timeZone: string) => string {
  const t = useTranslations("admin.gate.incident");
  const gate = useTranslations("admin.gate");
  const { date } = useFormats();
  return ({ cutOff, listMadeAt, at }, timeZone) => {
    const contact = t(cutOff ? "cutOff" : "inContact");
    if (listMadeAt === null) return `${contact} ${t("noList")}`;
    const age = gate("age", ageOf(Date.parse(at) - Date.parse(listMadeAt)));
    return `${contact} ${t("list", { time: date(listMadeAt, timeZone, "exactTime"), age })}`;
  };
}
