import type { Composers } from "./mail-parts.ts";
import { formatMoment } from "./moment.ts";

/** The second factor: what was added, used and removed, and its replacement when all is lost. */
export const factorMails: Composers<
  | "factor_added"
  | "factor_removed"
  | "recovery_code_used"
  | "recovery_codes_replaced"
  | "factor_reset_requested"
  | "factor_reset_ready"
  | "factor_reset_completed"
> = {
  factor_added: ({ factor, accountLink }, words) => ({
    subject: words(`factor_added.subjects.${factor}`),
    text: words("factor_added.text"),
    alarm: words("factor_added.alarm"),
    action: { label: words("factor_added.action"), link: accountLink },
  }),
  factor_removed: ({ factor, accountLink }, words) => ({
    subject: words(`factor_removed.subjects.${factor}`),
    text: words("factor_removed.text"),
    alarm: words("factor_removed.alarm"),
    action: { label: words("factor_removed.action"), link: accountLink },
  }),
  recovery_code_used: ({ left, accountLink }, words) => ({
    subject: words("recovery_code_used.subject"),
    text: words("recovery_code_used.text", { left }),
    alarm: words("recovery_code_used.alarm"),
    action: { label: words("recovery_code_used.action"), link: accountLink },
  }),
  recovery_codes_replaced: ({ accountLink }, words) => ({
    subject: words("recovery_codes_replaced.subject"),
    text: words("recovery_codes_replaced.text"),
    alarm: words("recovery_codes_replaced.alarm"),
    action: { label: words("recovery_codes_replaced.action"), link: accountLink },
  }),
  factor_reset_requested: ({ cancelLink, readyAt }, words, locale) => ({
    subject: words("factor_reset_requested.subject"),
    text: words("factor_reset_requested.text", { readyAt: words("frame.moment", formatMoment(readyAt, locale)) }),
    alarm: words("factor_reset_requested.alarm"),
    action: { label: words("factor_reset_requested.action"), link: cancelLink },
    note: words("factor_reset_requested.note"),
  }),
  factor_reset_ready: ({ link, cancelLink, hours }, words) => ({
    subject: words("factor_reset_ready.subject"),
    text: words("factor_reset_ready.text", { hours }),
    action: { label: words("factor_reset_ready.action"), link },
    other: { text: words("factor_reset_ready.cancel"), link: cancelLink },
  }),
  factor_reset_completed: ({ signInLink }, words, _locale, help) => ({
    subject: words("factor_reset_completed.subject"),
    text: words("factor_reset_completed.text"),
    action: { label: words("factor_reset_completed.action"), link: signInLink },
    note: help,
  }),
};
