import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { inviteScannerInput, type ScannerChoices, type ScannerInvitation } from "@tessera/contracts";
import { FormAlert, useTRPC, useZodForm } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { firstDay } from "./choices.ts";
import { TabletFields } from "./TabletFields.tsx";
import { useTabletRefresh } from "./use-tablet-refresh.ts";
import formClasses from "../../shared/form.module.css";

type InviteFormProps = {
  readonly choices: ScannerChoices;
  readonly onInvited: (invitation: ScannerInvitation) => void;
};

/** The first step: what the tablet will be for. */
export function InviteForm({ choices, onInvited }: InviteFormProps): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  const trpc = useTRPC();
  const refresh = useTabletRefresh();
  const invite = useMutation(trpc.admin.scanners.invite.mutationOptions());
  const [only] = choices;
  const { form, onSubmit, pending, failure } = useZodForm(inviteScannerInput, {
    initialValues: {
      name: "",
      gateId: "",
      competitionSessionIds: choices.length === 1 && only !== undefined ? firstDay(only) : [],
    },
    submit: async (values) => {
      const invitation = await invite.mutateAsync(values);
      await refresh();
      onInvited(invitation);
    },
  });
  return (
    <form className={formClasses.form} onSubmit={onSubmit} noValidate>
      <FormAlert failure={failure} />
      <TabletFields form={form} choices={choices} />
      <div className={formClasses.actions}>
        <Button type="submit" loading={pending}>
          {t("show")}
        </Button>
      </div>
    </form>
  );
}
