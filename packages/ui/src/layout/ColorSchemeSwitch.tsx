import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Pictogram, type StateName } from "../pictograms/Pictogram.tsx";
import { HeaderMenu } from "./HeaderMenu.tsx";

const pictograms: Record<MantineColorScheme, StateName> = { auto: "auto", light: "sun", dark: "moon" };
const schemes: readonly MantineColorScheme[] = ["auto", "light", "dark"];

/** Light, dark, or as the device has it; remembered on this device. */
export function ColorSchemeSwitch(): ReactNode {
  const t = useTranslations("common.colorScheme");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <HeaderMenu label={t("label")} pictogram={pictograms[colorScheme]}>
      {schemes.map((scheme) => (
        <button key={scheme} type="button" aria-pressed={scheme === colorScheme} onClick={() => setColorScheme(scheme)}>
          {t(scheme)}
          {scheme === colorScheme && <Pictogram name="ok" size={18} />}
        </button>
      ))}
    </HeaderMenu>
  );
}
