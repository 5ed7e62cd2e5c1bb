import { ActionIcon, Menu } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { CameraState } from "./use-camera.ts";

type SettingsProps = {
  readonly camera: CameraState;
  readonly sound: boolean;
  readonly onSound: (sound: boolean) => void;
  /** More items: ways out of this page. */
  readonly children: ReactNode;
};

/** Which camera, whether it is heard, and the way to another gate. */
export function Settings({ camera, sound, onSound, children }: SettingsProps): ReactNode {
  const t = useTranslations("scanner.scan");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("settings")}>
          <Pictogram name="menu" size={24} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {camera.cameras.length > 1 && (
          <>
            <Menu.Label>{t("camera")}</Menu.Label>
            <Menu.RadioGroup value={camera.cameraId ?? ""} onChange={camera.choose}>
              {camera.cameras.map(({ id, label }, index) => (
                <Menu.RadioItem key={id} value={id} mih={44}>
                  {label === "" ? t("cameraNumber", { number: index + 1 }) : label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </>
        )}
        <Menu.Label>{t("sound")}</Menu.Label>
        <Menu.RadioGroup value={sound ? "on" : "off"} onChange={(value) => onSound(value === "on")}>
          <Menu.RadioItem value="on" mih={44}>
            {t("soundOn")}
          </Menu.RadioItem>
          <Menu.RadioItem value="off" mih={44}>
            {t("soundOff")}
          </Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
