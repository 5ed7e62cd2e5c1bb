import type { EmployeeView } from "@tessera/contracts";

export const employeeActions = [
  "changeRole",
  "approveReset",
  "cancelReset",
  "requestReset",
  "disable",
  "enable",
] as const;
export type EmployeeAction = (typeof employeeActions)[number];

/**
 * What an admin can do about an employee, and nothing that the server would refuse: not to oneself, and a reset of the
 * second factor takes two admins, neither of whom it is for.
 *
 * @param adminId the account of the admin who looks
 */
export function actionsFor(employee: EmployeeView, adminId: string): EmployeeAction[] {
  if (employee.id === adminId) return [];
  if (employee.disabledAt !== null) return ["enable"];
  const { factorReset, enrolled } = employee;
  const can: Record<EmployeeAction, boolean> = {
    changeRole: true,
    approveReset: factorReset !== null && factorReset.requestedById !== adminId,
    cancelReset: factorReset !== null,
    requestReset: factorReset === null && enrolled,
    disable: true,
    enable: false,
  };
  return employeeActions.filter((action) => can[action]);
}
