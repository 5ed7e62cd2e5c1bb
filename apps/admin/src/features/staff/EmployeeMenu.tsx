import { Button, Menu } from "@mantine/core";
import type { EmployeeView } from "@tessera/contracts";
import { Pictogram, useAccount } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { actionsFor, type EmployeeAction } from "./employee-actions.ts";
import { EmployeeDialogs } from "./EmployeeDialogs.tsx";

const dangerous: readonly EmployeeAction[] = ["disable", "approveReset"];

/** What can be done about an employee; nothing where nothing can. */
export function EmployeeMenu({ employee }: { readonly employee: EmployeeView }): ReactNode {
  const t = useTranslations("admin.staff");
  const { id } = useAccount();
  const [asking, setAsking] = useState<EmployeeAction | null>(null);
  const actions = actionsFor(employee, id);
  if (actions.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            color="sky"
            size="sm"
            px="xs"
            mih={44}
            rightSection={<Pictogram name="down" size={12} />}
            aria-label={t("actionsFor", { name: employee.displayName })}
          >
            {t("actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map((action) => (
            <Menu.Item
              key={action}
              mih={44}
              {...(dangerous.includes(action) ? { color: "terracotta" } : {})}
              onClick={() => setAsking(action)}
            >
              {t(action)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <EmployeeDialogs employee={employee} asking={asking} onClose={() => setAsking(null)} />
    </>
  );
}
