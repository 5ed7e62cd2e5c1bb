import { z } from "zod";
import { id, instant } from "./common.ts";

/** What is written down: acts of security, and of staff. Entries name accounts by id only. */
export const auditActions = [
  // accounts
  "account.registered",
  "account.deleted",
  "account.data_downloaded",
  "account.locale_changed",
  "sign_in.succeeded",
  "sign_in.wrong_password",
  "sign_in.refused",
  "sign_out",
  "auth_session.ended",
  "step_up.succeeded",
  "factor.wrong_code",
  "factor.added",
  "factor.removed",
  "recovery_codes.replaced",
  "factor_reset.requested",
  "factor_reset.cancelled",
  "factor_reset.completed",
  "password.changed",
  "password_reset.requested",
  "password_reset.completed",
  "email_change.requested",
  "email_change.confirmed",
  "email_change.completed",
  "email_change.withdrawn",
  // staff
  "invitation.made",
  "invitation.revoked",
  "invitation.accepted",
  "employee.disabled",
  "employee.enabled",
  "employee.role_changed",
  "employee_factor_reset.requested",
  "employee_factor_reset.cancelled",
  "employee_factor_reset.approved",
  // catalogue
  "programme.imported",
  "offer.created",
  "offer.updated",
  "offer.published",
  "offer.withdrawn",
  "capacity_change.requested",
  "capacity_change.applied",
  "capacity_change.rejected",
  "competition_session.cancelled",
  "competition_session.hand_over_changed",
  // sales
  "sales_settings.changed",
  "order.refunded",
  "refund.retried",
  // tickets
  "ticket.blocked",
  "ticket.unblocked",
  "ticket.printed",
  "ticket.named",
  "ticket.offered",
  "ticket.handed_over",
  // gate
  "scanner.invited",
  "scanner.claimed",
  "scanner.enrolled",
  "scanner.refused",
  "scanner.assigned",
  "scanner.revoked",
  "shift.began",
  "shift.ended",
  "gate_policy.changed",
  "gate.decided_by_hand",
  "gate.overridden",
  "gate.clock_corrected",
  "incident.done",
  // keys
  "key.created",
  "key.rotated",
  "key.retired",
  "key.compromised",
  "keys.resealed",
] as const;
export const auditAction = z.enum(auditActions);
export type AuditAction = (typeof auditActions)[number];

export const auditQuery = z.object({
  action: auditAction.nullable(),
  /** Entries by or about this account. */
  accountId: id.nullable(),
  /** Of the entry after which to go on: newest first. */
  before: id.nullable(),
});

export const auditEntryView = z.object({
  id,
  at: instant,
  action: auditAction,
  /** Null: nobody signed in, a command or the server itself. The name is today's; null when the account is deleted. */
  actor: z.object({ id, displayName: z.string().nullable() }).nullable(),
  subject: z.object({ id, displayName: z.string().nullable() }).nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Position in the chain; null until the sealer has been there. */
  position: z.int().nullable(),
});
export type AuditEntryView = z.output<typeof auditEntryView>;

export const auditPage = z.object({ entries: z.array(auditEntryView), more: z.boolean() });
