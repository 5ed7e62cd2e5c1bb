import { Anchor, SegmentedControl, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Locale } from "@tessera/contracts";
import { type ReactNode, useId } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useAccount } from "../account/AccountGate.tsx";
import { useRefreshAuth } from "../account/use-auth.ts";
import { useLocaleSwitch } from "../app/LocaleProvider.tsx";
import { useTRPC } from "../app/trpc.ts";
import { FormAlert } from "../forms/FormAlert.tsx";
import { SettingRow, useSay } from "./SettingsSection.tsx";

const locales: readonly Locale[] = ["fr", "en"];

/** The language of the pages on this device and of all mails, which are changed together. */
export function LanguageSetting(): ReactNode {
  const t = useTranslations("security.profile");
  const languages = useTranslations("common.languages");
  const id = useId();
  const trpc = useTRPC();
  const say = useSay();
  const refreshAuth = useRefreshAuth();
  const account = useAccount();
  const locale = useLocale();
  const { setLocale } = useLocaleSwitch();
  const save = useMutation(
    trpc.auth.accounts.setLocale.mutationOptions({
      onSuccess: async (_, saved) => {
        await refreshAuth();
        // Said in the language that was on the page when it was asked, and so only where that has stayed.
        if (saved.locale === locale) say(t(`languageSaved.${saved.locale}`));
      },
    }),
  );

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
          onChange={(next) => {
            setLocale(next);
            save.mutate({ locale: next });
          }}
        />
      }
    >
      {save.isError && <FormAlert failure={save.error} />}
      {account.locale !== locale && !save.isPending && (
        <Text size="sm">
          {t(`mailsDiffer.${account.locale}`)}{" "}
          <Anchor component="button" type="button" size="sm" onClick={() => save.mutate({ locale })}>
            {t(`mailsFollow.${locale}`)}
          </Anchor>
        </Text>
      )}
    </SettingRow>
  );
}
