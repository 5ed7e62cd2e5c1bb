import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import type { SalesSettings } from "@tessera/contracts";
import { FormAlert, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { settingsForm, settingsOf, valuesOf } from "./settings-form.ts";
import { SettingsConflict } from "./SettingsConflict.tsx";
import classes from "../../shared/form.module.css";

/**
 * Edits the settings. `settings` is what the server has now; the form stays what it was filled from, so that another
 * admin's change never takes away what is being typed.
 */
export function SalesSettingsForm({ settings }: { readonly settings: SalesSettings }): ReactNode {
  const t = useTranslations("admin.salesSettings");
  const locale = useLocale();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const notify = useNotify();
  const change = useMutation(trpc.admin.sales.changeSettings.mutationOptions());
  const [loaded, setLoaded] = useState(settings);
  const outdated = settings.version > loaded.version;

  const { form, onSubmit, pending, failure } = useZodForm(settingsForm, {
    initialValues: valuesOf(settings, locale),
    customIssues: { rate_unreadable: t("unreadable"), limits_inconsistent: t("inconsistent") },
    submit: async (values) => {
      try {
        const saved = await change.mutateAsync(settingsOf(values, loaded.version));
        queryClient.setQueryData(trpc.admin.sales.settings.queryKey(), saved);
        setLoaded(saved);
        form.setValues(valuesOf(saved, locale));
        notify(t("saved"));
      } catch (error) {
        if (apiErrorOf(error).errorCode !== "conflict") throw error;
        // The newer version is shown beside what was typed.
        await queryClient.invalidateQueries(trpc.admin.sales.settings.queryFilter());
      }
    },
  });

  const limit = (field: "games" | "competitionSession" | "ceremony"): ReactNode => (
    <TextInput
      {...form.getInputProps(field)}
      label={t(field)}
      required
      withAsterisk={false}
      inputMode="numeric"
      autoComplete="off"
    />
  );
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      {outdated && (
        <SettingsConflict
          loaded={loaded}
          now={settings}
          onReload={() => {
            setLoaded(settings);
            form.setValues(valuesOf(settings, locale));
            form.clearErrors();
          }}
          onKeep={() => setLoaded(settings)}
        />
      )}
      <FormAlert failure={failure} />
      <fieldset className={classes.group}>
        <legend>{t("limitsLegend")}</legend>
        <p className={classes.hint}>{t("limitsHint")}</p>
        <div className={classes.three}>
          {limit("games")}
          {limit("competitionSession")}
          {limit("ceremony")}
        </div>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t("taxLegend")}</legend>
        <TextInput
          {...form.getInputProps("taxRate")}
          label={t("taxRate")}
          description={t("taxHint")}
          required
          withAsterisk={false}
          inputMode="decimal"
          autoComplete="off"
          rightSection={t("percent")}
          maw="22rem"
        />
      </fieldset>
      <div className={classes.actions}>
        <Button type="submit" loading={pending} disabled={outdated}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
