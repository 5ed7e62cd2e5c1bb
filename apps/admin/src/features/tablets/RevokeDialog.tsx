import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ScannerView } from "@tessera/contracts";
import { FormAlert, SettingDialog, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { useTabletRefresh } from "./use-tablet-refresh.ts";

type RevokeDialogProps = {
  readonly tablet: ScannerView;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Shuts a tablet out at once. It says before what that costs: what only the tablet knows is lost. */
export function RevokeDialog({ tablet, opened, onClose }: RevokeDialogProps): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  return (
    <SettingDialog opened={opened} onClose={onClose} title={t("revokeTitle", { name: tablet.name })}>
      <Revoke tablet={tablet} onClose={onClose} />
    </SettingDialog>
  );
}

function Revoke({ tablet, onClose }: Omit<RevokeDialogProps, "opened">): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const trpc = useTRPC();
  const refresh = useTabletRefresh();
  const notify = useNotify();
  const onlyThere = Math.max(tablet.missing, tablet.queued ?? 0);
  const revoke = useMutation(
    trpc.admin.scanners.revoke.mutationOptions({
      onSuccess: async () => {
        await refresh();
        notify(t("revoked", { name: tablet.name }));
        onClose();
      },
    }),
  );
  return (
    <>
      <FormAlert failure={revoke.error} />
      <Text>{t("revokeText")}</Text>
      {onlyThere > 0 && <Text fw={600}>{t("revokeMissing", { count: onlyThere })}</Text>}
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" color="ink" disabled={revoke.isPending} onClick={onClose} data-autofocus>
          {t("keep")}
        </Button>
        <Button color="terracotta" loading={revoke.isPending} onClick={() => revoke.mutate({ scannerId: tablet.id })}>
          {t("revoke")}
        </Button>
      </Group>
    </>
  );
}
