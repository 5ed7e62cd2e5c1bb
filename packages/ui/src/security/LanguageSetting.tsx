import { Anchor, SegmentedControl, Text } from "@mantine/core";
import type { Locale } from "@tessera/contracts";
import { type ReactNode, useId } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useAccount } from "../account/AccountGate.tsx";
import { FormAlert } from "../forms/FormAlert.tsx";
import { SettingRow } from "./SettingsSection.tsx";
import { useAccountLocale } from "./use-account-locale.ts";

const locales: readonly Locale[] = ["fr", "en"];

/** The language of the pages on this device and of all mails. On another device the pages may have the other one. */
export function LanguageSetting(): ReactNode {
  const t = useTranslations("security.profile");
  const languages = useTranslations("common.languages");
  const id = useId();
  const account = useAccount();
  const locale = useLocale();
  const { change, saving } = useAccountLocale();
  return (
    <SettingRow
      name={<span id={id}>{t("language")}</span>}
      value={t("languageHint")}
      action={
        <SegmentedControl
          aria-labelledby={id}
          bg="var(--tessera-sunken)"
          mie="sm"
          data={locales.map((value) => ({ value, label: <span lang={value}>{languages(value)}</span> }))}
          value={locale}
          onChange={change}
        />
      }
    >
      {saving.isError && <FormAlert failure={saving.error} />}
      {account.locale !== locale && !saving.isPending && (
        <Text size="sm">
          {t(`mailsDiffer.${account.locale}`)}{" "}
          <Anchor component="button" type="button" size="sm" onClick={() => saving.mutate({ locale })}>
            {t(`mailsFollow.${locale}`)}
          </Anchor>
        </Text>
      )}
    </SettingRow>
  );
}
