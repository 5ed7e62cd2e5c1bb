import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type EmployeeView, type Role, roles } from "@tessera/contracts";
import { FormAlert, SettingDialog, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { RoleField } from "./RoleField.tsx";
import { useStaffRefresh } from "./use-staff-refresh.ts";

type ChangeRoleDialogProps = {
  readonly employee: EmployeeView;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Gives an employee other rights, or none any more. */
export function ChangeRoleDialog({ employee, opened, onClose }: ChangeRoleDialogProps): ReactNode {
  const t = useTranslations("admin.staff.roleDialog");
  return (
    <SettingDialog opened={opened} onClose={onClose} title={t("title", { name: employee.displayName })}>
      <ChangeRole employee={employee} onClose={onClose} />
    </SettingDialog>
  );
}

function ChangeRole({ employee, onClose }: Omit<ChangeRoleDialogProps, "opened">): ReactNode {
  const t = useTranslations("admin.staff.roleDialog");
  const common = useTranslations("common.actions");
  const roleNames = useTranslations("security.roles");
  const trpc = useTRPC();
  const refresh = useStaffRefresh();
  const notify = useNotify();
  const [role, setRole] = useState<Role>(employee.role);
  const change = useMutation(
    trpc.admin.staff.changeRole.mutationOptions({
      onSuccess: async () => {
        await refresh();
        const message = t("changed", { name: employee.displayName, role: roleNames(role) });
        notify(message);
        onClose();
      },
    }),
  );
  return (
    <>
      <FormAlert failure={change.error} />
      <RoleField choices={roles} value={role} onChange={setRole} />
      <Text role="status">{role === "visitor" ? t("leaves") : t("text")}</Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" color="ink" disabled={change.isPending} onClick={onClose} data-autofocus>
          {common("cancel")}
        </Button>
        <Button
          color={role === "visitor" ? "terracotta" : "laurel"}
          disabled={role === employee.role}
          loading={change.isPending}
          onClick={() => change.mutate({ accountId: employee.id, role })}
        >
          {t("submit")}
        </Button>
      </Group>
    </>
  );
}
