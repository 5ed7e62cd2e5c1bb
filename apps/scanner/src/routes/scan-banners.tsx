import { Button } from "@mantine/core";
import type { Alarm, SaidBefore } from "@tessera/scanner-core";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Banner } from "../features/scanning/Banner.tsx";
import { ListAlert } from "../features/scanning/ListAlert.tsx";
import { minutesOff } from "../features/supervisor/supervisor.ts";
import type { ScanView } from "./scan-view.ts";

type ScanBannersProps = {
  readonly view: ScanView;
  /** Of the venue. */
  readonly timeZone: string;
  readonly onClock: () => void;
  readonly onAlarmSeen: () => void;
  readonly onLastWordSeen: () => void;
};

/** More would leave no room for the verdict; what is less grave waits its turn. */
const mostAtOnce = 2;

/** What is wrong with the tablet, the worst first. */
export function ScanBanners({ view, timeZone, onClock, onAlarmSeen, onLastWordSeen }: ScanBannersProps): ReactNode {
  const t = useTranslations("scanner.banners");
  const { listProblem, storage, refusedRecords, clock, alarm, lastWord } = view.troubles;
  const listRefuses = view.whenListOld === "refuse";
  const banners = [
    storage && (
      <Banner key="storage" tone="stop" pictogram="no" title={t("storageTitle")}>
        {t("storageText")}
      </Banner>
    ),
    alarm !== null && <AlarmBanner key={alarm.key} alarm={alarm} timeZone={timeZone} onSeen={onAlarmSeen} />,
    lastWord !== null && (
      <LastWordBanner key="last-word" lastWord={lastWord} timeZone={timeZone} onSeen={onLastWordSeen} />
    ),
    view.standing.freshness === "old" && (
      <Banner key="old" tone={listRefuses ? "stop" : "warning"} title={t("listOldTitle")}>
        {listRefuses ? t("listOldRefuse") : t("listOldCheck")}
      </Banner>
    ),
    listProblem !== null && <ListAlert key="list" problem={listProblem} />,
    clock !== null && (
      <Banner
        key="clock"
        tone="warning"
        pictogram="clock"
        title={t("clockTitle", { minutes: minutesOff(clock.correctionMs) })}
        action={
          <Button color="ink.9" c="white" onClick={onClock}>
            {t("clockConfirm")}
          </Button>
        }
      >
        {t("clockText", { proofs: clock.proofs })}
      </Banner>
    ),
    refusedRecords > 0 && (
      <Banner key="refused" tone="warning" title={t("refusedTitle", { count: refusedRecords })}>
        {t("refusedText")}
      </Banner>
    ),
  ];
  return banners.filter((banner) => banner !== false).slice(0, mostAtOnce);
}

type AlarmBannerProps = { readonly alarm: Alarm; readonly timeZone: string; readonly onSeen: () => void };

function AlarmBanner({ alarm, timeZone, onSeen }: AlarmBannerProps): ReactNode {
  const t = useTranslations("scanner.banners");
  const reasons = useTranslations("reasons");
  const formats = useFormats();
  return (
    <Banner
      tone="stop"
      title={t("alarmTitle", { who: alarm.holderName ?? t("alarmWho") })}
      action={
        <Button color="white" c="ink.9" onClick={onSeen}>
          {t("alarmSeen")}
        </Button>
      }
    >
      {t("alarmText", {
        time: formats.date(new Date(alarm.atMs).toISOString(), timeZone, "exactTime"),
        reason: reasons(`${alarm.reason}.title`),
      })}
    </Banner>
  );
}

type LastWordBannerProps = {
  readonly lastWord: SaidBefore;
  readonly timeZone: string;
  readonly onSeen: () => void;
};

const lastWords = {
  through: { in: "lastWordIn", out: "lastWordOut" },
  back: { in: "lastWordNotIn", out: "lastWordNotOut" },
} as const;

/** Whoever stood there when the app was killed may wait for an answer that was given. */
function LastWordBanner({ lastWord, timeZone, onSeen }: LastWordBannerProps): ReactNode {
  const t = useTranslations("scanner.banners");
  const formats = useFormats();
  const { atMs, direction, through, holderName } = lastWord;
  const who = holderName ?? t("lastWordWho");
  return (
    <Banner
      tone="warning"
      pictogram={through ? "ok" : "no"}
      title={t("lastWordTitle", { time: formats.date(new Date(atMs).toISOString(), timeZone, "time") })}
      action={
        <Button color="ink.9" c="white" onClick={onSeen}>
          {t("lastWordSeen")}
        </Button>
      }
    >
      {t(lastWords[through ? "through" : "back"][direction], { who })}
    </Banner>
  );
}
