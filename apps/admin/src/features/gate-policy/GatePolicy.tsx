import { Button, Radio, Stack, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GatePolicySettings } from "@tessera/contracts";
import { ErrorState, FormAlert, LoadingState, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { policyForm, policyOf, valuesOf } from "./policy-form.ts";
import classes from "../../shared/form.module.css";

/** How gates work for one competition session, with what each choice costs beside it. */
export function GatePolicy({ competitionSessionId }: { readonly competitionSessionId: string }): ReactNode {
  const t = useTranslations("admin.gate.policy");
  const trpc = useTRPC();
  const heading = useId();
  const policy = useQuery(trpc.admin.gate.policy.queryOptions({ competitionSessionId }));
  return (
    <section aria-labelledby={heading}>
      <Stack gap="sm">
        <Title order={2} id={heading}>
          {t("title")}
        </Title>
        <p className={classes.hint}>
          {t("lead")} {policy.data?.isDefault === true && t("isDefault")}
        </p>
        {policy.isPending ? (
          <LoadingState />
        ) : policy.data === undefined ? (
          <ErrorState title={t("failedTitle")} error={policy.error} onRetry={() => void policy.refetch()} />
        ) : (
          <PolicyForm competitionSessionId={competitionSessionId} policy={policy.data} />
        )}
      </Stack>
    </section>
  );
}

type PolicyFormProps = {
  readonly competitionSessionId: string;
  readonly policy: GatePolicySettings;
};

function PolicyForm({ competitionSessionId, policy }: PolicyFormProps): ReactNode {
  const t = useTranslations("admin.gate.policy");
  const { gate } = useTRPC().admin;
  const queryClient = useQueryClient();
  const notify = useNotify();
  const change = useMutation(gate.changePolicy.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(policyForm, {
    initialValues: valuesOf(policy),
    customIssues: { minutes_unreadable: t("ageUnreadable") },
    submit: async (values) => {
      const saved = await change.mutateAsync({ competitionSessionId, ...policyOf(values) });
      queryClient.setQueryData(gate.policy.queryKey({ competitionSessionId }), saved);
      notify(t("saved"));
    },
  });
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <FormAlert failure={failure} />
      <Choice
        legend={t("offline")}
        input={form.getInputProps("offlineAdmission")}
        choices={[
          { value: "any", label: t("offlineAny"), hint: t("offlineAnyHint") },
          { value: "home_gate", label: t("offlineHome"), hint: t("offlineHomeHint") },
        ]}
      />
      <Choice
        legend={t("reentry")}
        input={form.getInputProps("reentry")}
        choices={[
          { value: "never", label: t("reentryNever"), hint: t("reentryNeverHint") },
          { value: "after_exit", label: t("reentryAfterExit"), hint: t("reentryAfterExitHint") },
        ]}
      />
      <fieldset className={classes.group}>
        <legend>{t("age")}</legend>
        <TextInput
          {...form.getInputProps("minutes")}
          label={t("ageLabel")}
          description={t("ageHint")}
          required
          withAsterisk={false}
          inputMode="numeric"
          autoComplete="off"
          maw="22rem"
        />
      </fieldset>
      <Choice
        legend={t("tooOld")}
        input={form.getInputProps("listTooOld")}
        choices={[
          { value: "check", label: t("tooOldCheck"), hint: t("tooOldCheckHint") },
          { value: "refuse", label: t("tooOldRefuse"), hint: t("tooOldRefuseHint") },
        ]}
      />
      <div className={classes.actions}>
        <Button type="submit" loading={pending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

type ChoiceProps = {
  readonly legend: string;
  /** Of Mantine's form. */
  readonly input: object;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly hint: string }[];
};

/** One of two, each with what it means. */
function Choice({ legend, input, choices }: ChoiceProps): ReactNode {
  const name = useId();
  return (
    <fieldset className={classes.group}>
      <legend>{legend}</legend>
      <Radio.Group {...input} name={name} aria-label={legend}>
        <Stack gap="md">
          {choices.map(({ value, label, hint }) => (
            <Radio key={value} value={value} label={label} description={hint} color="laurel" size="md" />
          ))}
        </Stack>
      </Radio.Group>
    </fieldset>
  );
}
