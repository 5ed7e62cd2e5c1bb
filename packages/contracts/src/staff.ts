import { z } from "zod";
import { displayName, email, mailTokenInput, newPassword } from "./accounts.ts";
import { id, instant } from "./common.ts";
import { locale } from "./locale.ts";
import { role } from "./roles.ts";

export const employeeRole = role.exclude(["visitor"]);
export type EmployeeRole = z.output<typeof employeeRole>;

export const inviteInput = z.object({ email, role: employeeRole, locale });
export const invitationIdInput = z.object({ invitationId: id });
export const accountIdInput = z.object({ accountId: id });
export const changeRoleInput = z.object({ accountId: id, role });

export const invitationView = z.object({
  id,
  email: z.string(),
  role: employeeRole,
  /** Null: by a command. */
  invitedBy: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
});
export type InvitationView = z.output<typeof invitationView>;

export const employeeView = z.object({
  id,
  email: z.string(),
  displayName: z.string(),
  role: employeeRole,
  createdAt: instant,
  /** Last use of any auth session that has not ended. */
  lastUsedAt: instant.nullable(),
  disabledAt: instant.nullable(),
  enrolled: z.boolean(),
  /** A reset of the second factor that waits for another admin. */
  factorReset: z
    .object({ id, requestedById: id, requestedBy: z.string(), requestedAt: instant, expiresAt: instant })
    .nullable(),
});
export type EmployeeView = z.output<typeof employeeView>;

export const staffView = z.object({ employees: z.array(employeeView), invitations: z.array(invitationView) });
export type StaffView = z.output<typeof staffView>;

export const factorResetIdInput = z.object({ factorResetId: id });

/** What an invitation's link opens. `hasAccount`: the address has one already, which gets the role. */
export const openInvitation = z.object({ email: z.string(), role: employeeRole, hasAccount: z.boolean() });
/** Name and password are for a new account, and left unread for one that is there. */
export const acceptInvitationInput = mailTokenInput.extend({
  account: z.object({ displayName, password: newPassword, locale }).nullable(),
});
