import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { inviteScannerInput, type ScannerChoices, type ScannerView } from "@tessera/contracts";
import { ErrorState, FormAlert, LoadingState, SettingDialog, useTRPC, useZodForm } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { TabletFields } from "./TabletFields.tsx";
import { useTabletRefresh } from "./use-tablet-refresh.ts";

type AssignDialogProps = {
  readonly tablet: ScannerView;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Gives a tablet another name, gate or competition sessions. */
export function AssignDialog({ tablet, opened, onClose }: AssignDialogProps): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  return (
    <SettingDialog opened={opened} onClose={onClose} title={t("assignTitle", { name: tablet.name })}>
      <Assign tablet={tablet} onClose={onClose} />
    </SettingDialog>
  );
}

type AssignProps = Omit<AssignDialogProps, "opened">;

function Assign(props: AssignProps): ReactNode {
  const trpc = useTRPC();
  const choices = useQuery(trpc.admin.scanners.choices.queryOptions());
  if (choices.isPending) return <LoadingState />;
  if (choices.data === undefined) return <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />;
  return <AssignForm {...props} choices={withItsOwn(choices.data, props.tablet)} />;
}

/** What is over is no choice any more; what the tablet is for stays one. */
function withItsOwn(choices: ScannerChoices, { gate, competitionSessions }: ScannerView): ScannerChoices {
  return choices.map((choice) => {
    if (!choice.gates.some(({ id }) => id === gate.id)) return choice;
    const known = new Set(choice.competitionSessions.map(({ id }) => id));
    const over = competitionSessions.filter(({ id }) => !known.has(id));
    return { ...choice, competitionSessions: [...over, ...choice.competitionSessions] };
  });
}

function AssignForm({ tablet, choices, onClose }: AssignProps & { readonly choices: ScannerChoices }): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const common = useTranslations("common.actions");
  const trpc = useTRPC();
  const refresh = useTabletRefresh();
  const notify = useNotify();
  const assign = useMutation(trpc.admin.scanners.assign.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(inviteScannerInput, {
    initialValues: {
      name: tablet.name,
      gateId: tablet.gate.id,
      competitionSessionIds: tablet.competitionSessions.map(({ id }) => id),
    },
    submit: async (values) => {
      await assign.mutateAsync({ scannerId: tablet.id, ...values });
      await refresh();
      notify(t("assigned", { name: values.name }));
      onClose();
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <Text>{t("assignText")}</Text>
        <TabletFields form={form} choices={choices} />
        <Group justify="flex-end" gap="sm">
          <Button variant="subtle" color="ink" disabled={pending} onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={pending}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
