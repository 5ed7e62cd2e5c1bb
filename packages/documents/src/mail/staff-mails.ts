import type { Composers } from "./mail-parts.ts";

/** What admins decide about an account. */
export const staffMails: Composers<
  "invitation" | "account_disabled" | "role_changed" | "employee_factor_reset_requested" | "own_factor_reset_requested"
> = {
  invitation: ({ link, role, hours, invitedBy }, words) => ({
    subject: words("invitation.subject"),
    text: words("invitation.text", {
      invitation: invitedBy === null ? words("invitation.byNobody") : words("invitation.byName", { name: invitedBy }),
      role: words(`roles.${role}`),
      hours,
    }),
    action: { label: words("invitation.action"), link },
    note: words("invitation.note"),
  }),
  account_disabled: (_, words) => ({
    subject: words("account_disabled.subject"),
    text: words("account_disabled.text"),
  }),
  role_changed: ({ role }, words) => ({
    subject: words("role_changed.subject"),
    text: words("role_changed.text", { role: words(`roles.${role}`) }),
    note: words("role_changed.note"),
  }),
  employee_factor_reset_requested: ({ employee, requestedBy, staffLink, hours }, words) => ({
    subject: words("employee_factor_reset_requested.subject"),
    text: words("employee_factor_reset_requested.text", { employee, requestedBy, hours }),
    alarm: words("employee_factor_reset_requested.alarm", { employee }),
    action: { label: words("employee_factor_reset_requested.action"), link: staffLink },
  }),
  own_factor_reset_requested: ({ requestedBy }, words, _locale, help) => ({
    subject: words("own_factor_reset_requested.subject"),
    text: words("own_factor_reset_requested.text", { requestedBy }),
    alarm: words("own_factor_reset_requested.alarm"),
    note: help,
  }),
};
