import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type PendingEmailChange, requestEmailChangeInput } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAccount } from "../account/AccountGate.tsx";
import { useTRPC } from "../app/trpc.ts";
import { FormAlert } from "../forms/FormAlert.tsx";
import { useZodForm } from "../forms/use-zod-form.ts";
import { SettingButton } from "./SettingButton.tsx";
import { SettingDialog } from "./SettingDialog.tsx";
import { SettingRow, useSay } from "./SettingsSection.tsx";
import { useMoment } from "./use-moment.ts";

/** The address, the change of it that waits for its links, and the way to ask for one. */
export function EmailSetting(): ReactNode {
  const t = useTranslations("security.email");
  const trpc = useTRPC();
  const say = useSay();
  const { email } = useAccount();
  const [changing, setChanging] = useState(false);
  const pending = useQuery(trpc.auth.email.pendingChange.queryOptions());
  return (
    <SettingRow
      name={t("title")}
      value={email}
      action={
        <SettingButton label={t("changeLabel")} onClick={() => setChanging(true)}>
          {t("change")}
        </SettingButton>
      }
    >
      {pending.data && (
        <PendingChange
          change={pending.data}
          onWithdrawn={async () => {
            await pending.refetch();
            say(t("withdrawn"));
          }}
        />
      )}
      <SettingDialog opened={changing} onClose={() => setChanging(false)} title={t("dialogTitle")}>
        <ChangeForm
          onSent={async () => {
            await pending.refetch();
            setChanging(false);
            say(t("sent"));
          }}
        />
      </SettingDialog>
    </SettingRow>
  );
}

type PendingChangeProps = {
  readonly change: NonNullable<PendingEmailChange>;
  readonly onWithdrawn: () => Promise<void>;
};

function PendingChange({ change, onWithdrawn }: PendingChangeProps): ReactNode {
  const t = useTranslations("security.email");
  const trpc = useTRPC();
  const withdraw = useMutation(trpc.auth.email.withdrawChange.mutationOptions({ onSuccess: onWithdrawn }));
  const moment = useMoment();
  const { newEmail, oldConfirmed, newConfirmed, expiresAt } = change;
  const words = { email: newEmail, until: moment(expiresAt) };
  return (
    <Stack gap={2} mb="xs">
      <Text size="sm" fw={600}>
        {t("pending", { email: newEmail })}
      </Text>
      <Text size="sm">{t(newConfirmed ? "pendingOld" : oldConfirmed ? "pendingNew" : "pendingBoth", words)}</Text>
      <Text size="sm" c="dimmed">
        {t("again")}
      </Text>
      <FormAlert failure={withdraw.error} />
      <Group>
        <SettingButton danger label={t("withdrawLabel")} loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t("withdraw")}
        </SettingButton>
      </Group>
    </Stack>
  );
}

type ChangeFormProps = { readonly onSent: () => Promise<void> };

function ChangeForm({ onSent }: ChangeFormProps): ReactNode {
  const t = useTranslations("security.email");
  const trpc = useTRPC();
  const { email } = useAccount();
  const request = useMutation(trpc.auth.email.requestChange.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(
    requestEmailChangeInput.refine((wish) => wish.email !== email, { path: ["email"], message: "same" }),
    {
      initialValues: { email: "" },
      customIssues: { same: t("same") },
      submit: async (wish) => {
        await request.mutateAsync(wish);
        await onSent();
      },
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <Text>{t("text")}</Text>
        <Text>
          {t("current")} <strong>{email}</strong>
        </Text>
        <TextInput
          {...form.getInputProps("email")}
          label={t("next")}
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Button type="submit" loading={pending}>
          {t("submit")}
        </Button>
      </Stack>
    </form>
  );
}
