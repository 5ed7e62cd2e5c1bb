import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { CompetitionSessionSummary, Gate } from "@tessera/contracts";
import type { Scanner } from "@tessera/scanner-core";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { CameraView } from "../features/reading/CameraView.tsx";
import { Settings } from "../features/reading/Settings.tsx";
import { TypedCode } from "../features/reading/TypedCode.tsx";
import { useCamera } from "../features/reading/use-camera.ts";
import { useWedge } from "../features/reading/use-wedge.ts";
import { ListAlert } from "../features/scanning/ListAlert.tsx";
import { StatusBar } from "../features/scanning/StatusBar.tsx";
import { useAwake } from "../features/scanning/use-awake.ts";
import { useFeedback } from "../features/verdict/use-feedback.ts";
import { VerdictScreen } from "../features/verdict/VerdictScreen.tsx";
import { MenuLink } from "../shared/links.tsx";
import { remember, remembered } from "../shared/remembered.ts";
import { useSeconds } from "../shared/use-age.ts";
import classes from "./scan-screen.module.css";

const soundKey = "sound";

type ScanScreenProps = {
  readonly scanner: Scanner;
  readonly competitionSession: CompetitionSessionSummary;
  readonly gate: Gate;
};

/** One thing on the screen: what the camera sees until there is a verdict, and then the verdict until the next one. */
export function ScanScreen({ scanner, competitionSession, gate }: ScanScreenProps): ReactNode {
  const t = useTranslations("scanner");
  const state = useSyncExternalStore(scanner.subscribe, scanner.state);
  const nowMs = useSeconds(scanner.nowMs);
  const video = useRef<HTMLVideoElement>(null);
  const camera = useCamera(video, (text) => scanner.see(text));
  const [typing, { open: startTyping, close: stopTyping }] = useDisclosure();
  const [sound, setSound] = useState(() => remembered(soundKey) !== "off");

  useWedge((text) => scanner.read(text));
  useNextKey(scanner);
  useFeedback(state.scan, sound);
  useAwake(useCallback(() => void scanner.refresh(), [scanner]));

  return (
    <div className={classes.screen}>
      <div>
        <StatusBar
          competitionSession={competitionSession}
          gate={gate}
          state={state}
          nowMs={nowMs}
          actions={
            <>
              {camera.torch !== null && (
                <ActionIcon
                  aria-label={camera.torch.lit ? t("scan.torchOff") : t("scan.torchOn")}
                  aria-pressed={camera.torch.lit}
                  onClick={camera.torch.toggle}
                >
                  <Pictogram name="sun" size={18} />
                </ActionIcon>
              )}
              <ActionIcon aria-label={t("scan.type")} onClick={startTyping}>
                <Pictogram name="edit" size={18} />
              </ActionIcon>
              <Settings
                camera={camera}
                sound={sound}
                onSound={(wanted) => {
                  remember(soundKey, wanted ? "on" : "off");
                  setSound(wanted);
                }}
              >
                <Menu.Label>{t("list.number", { number: String(state.listNumber) })}</Menu.Label>
                <MenuLink to="/$competitionSessionId" params={{ competitionSessionId: competitionSession.id }}>
                  {t("scan.changeGate")}
                </MenuLink>
                <MenuLink to="/">{t("gates.change")}</MenuLink>
              </Settings>
            </>
          }
        />
        {state.listProblem !== null && <ListAlert problem={state.listProblem} />}
      </div>
      <div className={classes.stage}>
        <CameraView video={video} camera={camera} small={state.scan !== null} />
        <VerdictScreen
          scan={state.scan}
          timeZone={competitionSession.timeZone}
          gateId={gate.id}
          opensAt={state.window.opensAt}
          nowMs={Math.max(nowMs, scanner.nowMs())}
          actions={<VerdictActions scanner={scanner} scan={state.scan} />}
        />
      </div>
      <TypedCode opened={typing} onClose={stopTyping} onCode={(text) => scanner.read(text)} />
    </div>
  );
}

function VerdictActions({
  scanner,
  scan,
}: {
  readonly scanner: Scanner;
  readonly scan: ReturnType<Scanner["state"]>["scan"];
}): ReactNode {
  const t = useTranslations("scanner");
  return (
    <>
      {/* Its area is the whole verdict: a tap anywhere is enough. */}
      <UnstyledButton className={`${classes.action} ${classes.next}`} onClick={() => scanner.next()}>
        {t("scan.next")}
      </UnstyledButton>
      {scan?.status === "unconfirmed" && (
        <UnstyledButton
          className={`${classes.action} ${classes.retry}`}
          disabled={scan.trying}
          onClick={() => scanner.retry()}
        >
          {scan.trying ? t("verdict.trying") : t("verdict.retry")}
        </UnstyledButton>
      )}
    </>
  );
}

/** Escape, or Enter and the space bar where they press no button, go on to the next scan. */
function useNextKey(scanner: Scanner): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // What a hand scanner typed was taken already.
      if (event.defaultPrevented || document.querySelector("[role=dialog]") !== null) return;
      const isFree = event.target === document.body || event.target instanceof HTMLHeadingElement;
      if (event.key === "Escape" || (isFree && (event.key === "Enter" || event.key === " "))) scanner.next();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [scanner]);
}
