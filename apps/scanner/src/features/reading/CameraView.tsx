import { Button, Text, Title } from "@mantine/core";
import type { Direction } from "@tessera/contracts";
import { LoadingState, Pictogram } from "@tessera/ui";
import type { ReactNode, RefObject } from "react";
import { useTranslations } from "use-intl";
import type { CameraState } from "./use-camera.ts";
import classes from "./CameraView.module.css";

type CameraViewProps = {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly camera: CameraState;
  readonly direction: Direction;
  /** A verdict needs the room: only a small picture stays, to aim by. */
  readonly small: boolean;
};

/** What the camera sees, with a frame to aim by; or why it sees nothing, and what works instead. */
export function CameraView({ video, camera, direction, small }: CameraViewProps): ReactNode {
  const t = useTranslations("scanner");
  const { status } = camera;
  const isLive = status === "live";
  return (
    <div className={classes.camera} data-small={small}>
      <video ref={video} className={classes.video} aria-label={t("camera.view")} hidden={!isLive} muted playsInline />
      {isLive && !small && (
        <>
          <div className={classes.frame} />
          <p className={classes.hint} data-direction={direction}>
            <span className={classes.present}>{direction === "in" ? t("scan.present") : t("scan.presentOut")}</span>
            <span>{t("scan.wedge")}</span>
          </p>
        </>
      )}
      {status === "starting" && !small && <LoadingState label={t("camera.starting")} />}
      {!isLive && status !== "starting" && !small && (
        <div className={classes.trouble} role="alert">
          <Pictogram name="camera" size={72} />
          <Title order={2} size="h3">
            {t(`camera.${status}Title`)}
          </Title>
          <Text maw="42ch">{t(`camera.${status}Text`)}</Text>
          <Text maw="42ch">{t("camera.otherwise")}</Text>
          <Button onClick={camera.retry}>{t("verdict.retry")}</Button>
        </div>
      )}
    </div>
  );
}
