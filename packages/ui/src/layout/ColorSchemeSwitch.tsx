import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Pictogram, type StateName } from "../pictograms/Pictogram.tsx";

const pictograms: Record<MantineColorScheme, StateName> = { auto: "auto", light: "sun", dark: "moon" };
const schemes: readonly MantineColorScheme[] = ["auto", "light", "dark"];

function isScheme(value: string): value is MantineColorScheme {
  return schemes.some((scheme) => scheme === value);
}

/** Light, dark, or as the device has it; remembered on this device. */
export function ColorSchemeSwitch(): ReactNode {
  const t = useTranslations("common.colorScheme");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("label")}>
          <Pictogram name={pictograms[colorScheme]} size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => isScheme(value) && setColorScheme(value)}>
          {schemes.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} mih={44}>
              {t(scheme)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
