import { Button } from "@mantine/core";
import type { Locale } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useAccountLocale } from "../security/use-account-locale.ts";

const other: Record<Locale, Locale> = { fr: "en", en: "fr" };

/** There are two languages: the button is the other one, named in itself. */
export function LanguageSwitch(): ReactNode {
  const t = useTranslations("common.languages");
  const { change, switching } = useAccountLocale();
  const next = other[useLocale()];
  return (
    <Button variant="subtle" color="ink" px="xs" h={44} lang={next} aria-busy={switching} onClick={() => change(next)}>
      {t(next)}
    </Button>
  );
}
