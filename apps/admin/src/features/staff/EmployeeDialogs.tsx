import { Text } from "@mantine/core";
import type { EmployeeView } from "@tessera/contracts";
import { ConfirmDialog, useTRPCClient } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { ChangeRoleDialog } from "./ChangeRoleDialog.tsx";
import type { EmployeeAction } from "./employee-actions.ts";
import { useStaffRefresh } from "./use-staff-refresh.ts";
import { useTooNew } from "./use-too-new.ts";

type EmployeeDialogsProps = {
  readonly employee: EmployeeView;
  /** What is being asked; null while nothing is. */
  readonly asking: EmployeeAction | null;
  readonly onClose: () => void;
};

/** Asks before anything is done about an employee, and says what happens then. */
export function EmployeeDialogs({ employee, asking, onClose }: EmployeeDialogsProps): ReactNode {
  const t = useTranslations("admin.staff");
  const { staff } = useTRPCClient().admin;
  const refresh = useStaffRefresh();
  const notify = useNotify();
  const tooNew = useTooNew();
  const { id: accountId, displayName: name, factorReset } = employee;

  const dialogOf = (action: EmployeeAction) => ({ opened: asking === action, onClose });
  const doneBy = (act: () => Promise<unknown>, message: string) => async () => {
    await act();
    await refresh();
    notify(message);
  };
  return (
    <>
      <ChangeRoleDialog employee={employee} {...dialogOf("changeRole")} />
      <ConfirmDialog
        {...dialogOf("disable")}
        danger
        title={t("disableDialog.title", { name })}
        confirm={t("disableDialog.submit")}
        onConfirm={doneBy(() => staff.disable.mutate({ accountId }), t("disableDialog.done", { name }))}
      >
        {t("disableDialog.text")}
      </ConfirmDialog>
      <ConfirmDialog
        {...dialogOf("enable")}
        title={t("enableDialog.title", { name })}
        confirm={t("enableDialog.submit")}
        onConfirm={doneBy(() => staff.enable.mutate({ accountId }), t("enableDialog.done", { name }))}
      >
        {t("enableDialog.text")}
      </ConfirmDialog>
      <ConfirmDialog
        {...dialogOf("requestReset")}
        title={t("requestDialog.title", { name })}
        confirm={t("requestDialog.submit")}
        wordsFor={tooNew}
        onConfirm={doneBy(() => staff.requestFactorReset.mutate({ accountId }), t("requestDialog.done"))}
      >
        <Text>{t("requestDialog.text")}</Text>
        <Text fw={600} mt="sm">
          {t("requestDialog.check")}
        </Text>
      </ConfirmDialog>
      {factorReset !== null && (
        <>
          <ConfirmDialog
            {...dialogOf("approveReset")}
            danger
            title={t("approveDialog.title", { name })}
            confirm={t("approveDialog.submit")}
            wordsFor={tooNew}
            onConfirm={doneBy(
              () => staff.approveFactorReset.mutate({ factorResetId: factorReset.id }),
              t("approveDialog.done", { name }),
            )}
          >
            <Text>{t("approveDialog.text", { requester: factorReset.requestedBy })}</Text>
            <Text fw={600} mt="sm">
              {t("approveDialog.check")}
            </Text>
          </ConfirmDialog>
          <ConfirmDialog
            {...dialogOf("cancelReset")}
            title={t("cancelDialog.title", { name })}
            confirm={t("cancelDialog.submit")}
            onConfirm={doneBy(
              () => staff.cancelFactorReset.mutate({ factorResetId: factorReset.id }),
              t("cancelDialog.done"),
            )}
          >
            {t("cancelDialog.text")}
          </ConfirmDialog>
        </>
      )}
    </>
  );
}
