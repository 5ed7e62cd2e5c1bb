import { Menu } from "@mantine/core";
import type { CompetitionSessionSummary, Gate } from "@tessera/contracts";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { HelpDialog } from "../features/opening/HelpDialog.tsx";
import { CameraView } from "../features/reading/CameraView.tsx";
import { Settings } from "../features/reading/Settings.tsx";
import { TypedCode } from "../features/reading/TypedCode.tsx";
import { useCamera } from "../features/reading/use-camera.ts";
import { useWedge } from "../features/reading/use-wedge.ts";
import { StatusBar } from "../features/scanning/StatusBar.tsx";
import { Toolbar } from "../features/scanning/Toolbar.tsx";
import { useAwake } from "../features/scanning/use-awake.ts";
import { ZonesDialog } from "../features/scanning/ZonesDialog.tsx";
import { SearchDialog } from "../features/search/SearchDialog.tsx";
import { ClockDialog } from "../features/supervisor/ClockDialog.tsx";
import { OverrideDialog } from "../features/supervisor/OverrideDialog.tsx";
import type { RenderPin } from "../features/supervisor/supervisor.ts";
import { conclusionOf, faceOf } from "../features/verdict/conclusion.ts";
import { useFeedback } from "../features/verdict/use-feedback.ts";
import { VerdictActions } from "../features/verdict/VerdictActions.tsx";
import { VerdictScreen } from "../features/verdict/VerdictScreen.tsx";
import { remember, remembered } from "../shared/remembered.ts";
import { useSeconds } from "../shared/use-age.ts";
import { ScanBanners } from "./scan-banners.tsx";
import type { ScanDoings, ScanView } from "./scan-view.ts";
import classes from "./scan-screen.module.css";

const soundKey = "sound";
const helpKey = "help";

type Dialog = "help" | "typed" | "search" | "zones" | "override" | "clock";

type ScanScreenProps = {
  readonly view: ScanView;
  readonly doings: ScanDoings;
  readonly competitionSession: CompetitionSessionSummary;
  readonly gate: Gate;
  readonly renderPin: RenderPin;
  /** More items of the menu: ways out of this page. */
  readonly ways: ReactNode;
};

/** One thing on the screen: what the camera sees until there is a verdict, and then the verdict until the next one. */
export function ScanScreen({ view, doings, competitionSession, gate, renderPin, ways }: ScanScreenProps): ReactNode {
  const t = useTranslations("scanner");
  const reasons = useTranslations("reasons");
  const { troubles } = view;
  const { timeZone } = competitionSession;
  const nowMs = useSeconds(doings.nowMs);
  const video = useRef<HTMLVideoElement>(null);
  const [dialog, setDialog] = useState<Dialog | null>(() => (remembered(helpKey) === null ? "help" : null));
  const [sound, setSound] = useState(() => remembered(soundKey) !== "off");
  const isIdle = dialog === null;
  const [reconsidered, setReconsidered] = useState<number | null>(null);
  const shown = view.verdict;
  const verdict = shown !== null && shown.key === reconsidered ? { ...shown, decision: null } : shown;
  // What is in view while somebody types a PIN is not meant, and while one code is decided no other is looked for.
  const camera = useCamera(video, { isResting: () => !isIdle || doings.isBusy(), onCode: doings.see });
  const isUndecided = verdict !== null && conclusionOf(verdict) === "undecided";

  const close = (): void => setDialog(null);
  const decide = (admit: boolean): void => {
    setReconsidered(null);
    doings.decide(admit);
  };
  const press = (key: string): void => {
    if (!isUndecided) return;
    const letIn = t("verdict.letInKey").toLowerCase();
    if (key === letIn || key === t("verdict.sendAwayKey").toLowerCase()) decide(key === letIn);
  };
  useWedge(isIdle, (text) => doings.read(text, "wedge"), press);
  useNextKey(isIdle && verdict !== null && !isUndecided, doings.next);
  useAwake(doings.refresh);
  const heard = verdict === null ? null : { key: verdict.key, outcome: faceOf(verdict) };
  const { asleep } = useFeedback(heard, troubles.alarm?.key ?? null, sound);

  return (
    <div className={classes.screen}>
      <div>
        <StatusBar
          competitionSession={competitionSession}
          gate={gate}
          direction={view.direction}
          onDirection={view.hasExits ? doings.turn : null}
          standing={view.standing}
          onInside={() => setDialog("zones")}
          actions={
            <Settings
              camera={camera}
              sound={sound}
              onSound={(wanted) => {
                remember(soundKey, wanted ? "on" : "off");
                setSound(wanted);
              }}
            >
              <Menu.Item mih={44} leftSection={<Pictogram name="look" size={18} />} onClick={() => setDialog("help")}>
                {t("scan.help")}
              </Menu.Item>
              {view.listNumber !== null && (
                <Menu.Label>{t("list.number", { number: String(view.listNumber) })}</Menu.Label>
              )}
              {ways}
            </Settings>
          }
        />
        <ScanBanners
          view={view}
          timeZone={timeZone}
          onClock={() => setDialog("clock")}
          onAlarmSeen={doings.dismissAlarm}
          onLastWordSeen={doings.dismissLastWord}
        />
      </div>
      <div className={classes.stage}>
        <CameraView video={video} camera={camera} direction={view.direction} small={verdict !== null} />
        {asleep && verdict === null && <p className={classes.asleep}>{t("scan.soundAsleep")}</p>}
        <VerdictScreen
          verdict={verdict}
          deciding={view.deciding}
          timeZone={timeZone}
          gateId={gate.id}
          opensAt={view.opensAt}
          nowMs={Math.max(nowMs, doings.nowMs())}
          actions={
            verdict !== null && (
              <VerdictActions
                verdict={verdict}
                onNext={doings.next}
                onDecide={decide}
                onReconsider={() => setReconsidered(verdict.key)}
                onOverride={() => setDialog("override")}
              />
            )
          }
        />
      </div>
      <Toolbar onSearch={() => setDialog("search")} onType={() => setDialog("typed")} torch={camera.torch} />
      {dialog === "help" && (
        <HelpDialog
          onClose={() => {
            remember(helpKey, "seen");
            close();
          }}
        />
      )}
      {dialog === "typed" && <TypedCode onClose={close} onCode={(text) => doings.read(text, "typed")} />}
      {dialog === "search" && (
        <SearchDialog
          onClose={close}
          search={doings.search}
          onChoose={doings.lookUp}
          namesLocked={view.namesLocked}
          timeZone={timeZone}
          nowMs={nowMs}
        />
      )}
      {dialog === "zones" && <ZonesDialog onClose={close} zones={doings.zones()} />}
      {dialog === "override" && verdict !== null && (
        <OverrideDialog
          onClose={close}
          admit={verdict.outcome !== "admit"}
          reason={reasons(`${verdict.reason}.title`)}
          supervisors={view.supervisors}
          renderPin={renderPin}
          onOverride={(choice) => doings.override({ ...choice, admit: verdict.outcome !== "admit" })}
        />
      )}
      {dialog === "clock" && troubles.clock !== null && (
        <ClockDialog
          onClose={close}
          correctionMs={troubles.clock.correctionMs}
          nowMs={nowMs}
          timeZone={timeZone}
          supervisors={view.supervisors}
          renderPin={renderPin}
          onConfirm={doings.confirmClock}
        />
      )}
    </div>
  );
}

/** Escape, or Enter and the space bar where they press no button, go on to the next scan. */
function useNextKey(enabled: boolean, next: () => void): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      // What a hand scanner typed was taken already.
      if (event.defaultPrevented) return;
      const isFree = event.target === document.body || event.target instanceof HTMLHeadingElement;
      if (event.key === "Escape" || (isFree && (event.key === "Enter" || event.key === " "))) next();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [enabled, next]);
}
