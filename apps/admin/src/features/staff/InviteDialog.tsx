import { Button, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type EmployeeRole, inviteInput, type Locale } from "@tessera/contracts";
import { FormAlert, SettingDialog, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { RoleField } from "./RoleField.tsx";
import { useStaffRefresh } from "./use-staff-refresh.ts";

/** Whom the form begins with: somebody who was invited before, or nobody yet. */
export type Invitee = { readonly email: string; readonly role: EmployeeRole };
export const nobodyYet: Invitee = { email: "", role: "staff" };

type InviteDialogProps = {
  /** Null while nobody is being invited. */
  readonly invitee: Invitee | null;
  readonly onClose: () => void;
};

/** Invites somebody by mail. */
export function InviteDialog({ invitee, onClose }: InviteDialogProps): ReactNode {
  const t = useTranslations("admin.staff.inviteDialog");
  return (
    <SettingDialog opened={invitee !== null} onClose={onClose} title={t("title")}>
      <InviteForm invitee={invitee ?? nobodyYet} onInvited={onClose} />
    </SettingDialog>
  );
}

const roles: readonly EmployeeRole[] = ["staff", "supervisor", "admin"];
const locales: readonly Locale[] = ["fr", "en"];

type InviteFormProps = { readonly invitee: Invitee; readonly onInvited: () => void };

function InviteForm({ invitee, onInvited }: InviteFormProps): ReactNode {
  const t = useTranslations("admin.staff.inviteDialog");
  const languages = useTranslations("common.languages");
  const languageLabel = useId();
  const locale = useLocale();
  const trpc = useTRPC();
  const refresh = useStaffRefresh();
  const notify = useNotify();
  const invite = useMutation(trpc.admin.staff.invite.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(inviteInput, {
    initialValues: { ...invitee, locale },
    words: { conflict: t("known") },
    fieldOfError: { conflict: "email" },
    submit: async (invited) => {
      await invite.mutateAsync(invited);
      await refresh();
      notify(t("sent", { email: invited.email }));
      onInvited();
    },
  });
  const values = form.getValues();
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <Text>{t("text")}</Text>
        <TextInput
          {...form.getInputProps("email")}
          label={t("email")}
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          data-autofocus
        />
        <RoleField choices={roles} value={values.role} onChange={(role) => form.setFieldValue("role", role)} />
        <div>
          <Text id={languageLabel} fw={600} mb={4}>
            {t("language")}
          </Text>
          <SegmentedControl
            aria-labelledby={languageLabel}
            bg="var(--tessera-sunken)"
            data={locales.map((value) => ({ value, label: languages(value) }))}
            value={values.locale}
            onChange={(value) => form.setFieldValue("locale", value)}
          />
        </div>
        <Button type="submit" loading={pending}>
          {t("submit")}
        </Button>
      </Stack>
    </form>
  );
}
