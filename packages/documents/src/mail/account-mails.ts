import type { Composers } from "./mail-parts.ts";

/** Registering, passwords, addresses, and the end of an account. */
export const accountMails: Composers<
  | "registration_code"
  | "registration_known"
  | "password_reset"
  | "password_reset_unknown"
  | "password_changed"
  | "email_change_old"
  | "email_change_new"
  | "email_change_taken"
  | "email_changed"
  | "account_deleted"
> = {
  registration_code: ({ code, link, minutes }, words) => ({
    subject: words("registration_code.subject"),
    text: words("registration_code.text", { minutes }),
    code,
    action: { label: words("registration_code.action"), link },
    note: words("registration_code.note"),
  }),
  registration_known: ({ signInLink, resetLink }, words) => ({
    subject: words("registration_known.subject"),
    text: words("registration_known.text"),
    action: { label: words("registration_known.action"), link: signInLink },
    other: { text: words("registration_known.reset"), link: resetLink },
    note: words("registration_known.note"),
  }),
  password_reset: ({ link, minutes }, words) => ({
    subject: words("password_reset.subject"),
    text: words("password_reset.text", { minutes }),
    action: { label: words("password_reset.action"), link },
    note: words("password_reset.note"),
  }),
  password_reset_unknown: ({ registerLink }, words) => ({
    subject: words("password_reset_unknown.subject"),
    text: words("password_reset_unknown.text"),
    action: { label: words("password_reset_unknown.action"), link: registerLink },
    note: words("password_reset_unknown.note"),
  }),
  password_changed: ({ resetLink }, words) => ({
    subject: words("password_changed.subject"),
    text: words("password_changed.text"),
    alarm: words("password_changed.alarm"),
    action: { label: words("password_changed.action"), link: resetLink },
  }),
  email_change_old: ({ link, newEmail, hours }, words) => ({
    subject: words("email_change_old.subject"),
    text: words("email_change_old.text", { newEmail, hours }),
    action: { label: words("email_change_old.action"), link },
    note: words("email_change_old.note"),
  }),
  email_change_new: ({ link, hours }, words) => ({
    subject: words("email_change_new.subject"),
    text: words("email_change_new.text", { hours }),
    action: { label: words("email_change_new.action"), link },
    note: words("email_change_new.note"),
  }),
  email_change_taken: ({ signInLink }, words) => ({
    subject: words("email_change_taken.subject"),
    text: words("email_change_taken.text"),
    action: { label: words("email_change_taken.action"), link: signInLink },
    note: words("email_change_taken.note"),
  }),
  email_changed: ({ newEmail }, words, _locale, help) => ({
    subject: words("email_changed.subject"),
    text: words("email_changed.text", { newEmail }),
    note: help,
  }),
  account_deleted: (_, words, _locale, help) => ({
    subject: words("account_deleted.subject"),
    text: words("account_deleted.text"),
    note: help,
  }),
};
