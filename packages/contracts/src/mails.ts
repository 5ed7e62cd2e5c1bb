import type { CompetitionSessionSummary } from "./catalogue.ts";
import type { HandOverState } from "./hand-overs.ts";
import type { Role } from "./role-names.ts";
import type { RefundReason } from "./sales.ts";

// No schema in this file: mails are made inside the server, by the business, and drawn by `documents`.

/** What a mail says. Links are absolute; moments are Dates, shown in UTC and in the venue's zone where there is one. */
export type MailContent =
  /** `code`: six digits, good for `minutes`. */
  | { template: "registration_code"; code: string; link: string; minutes: number }
  /** Somebody wants to register an address that has an account. */
  | { template: "registration_known"; signInLink: string; resetLink: string }
  | { template: "password_reset"; link: string; minutes: number }
  /** Somebody wants to reset the password of an address that has no account. */
  | { template: "password_reset_unknown"; registerLink: string }
  | { template: "password_changed"; resetLink: string }
  | { template: "email_change_old"; link: string; newEmail: string; hours: number }
  | { template: "email_change_new"; link: string; hours: number }
  /** The wanted address has an account already: said to that address only. */
  | { template: "email_change_taken"; signInLink: string }
  /** To both addresses. */
  | { template: "email_changed"; newEmail: string }
  | { template: "factor_added"; factor: FactorKind; accountLink: string }
  | { template: "factor_removed"; factor: FactorKind; accountLink: string }
  | { template: "recovery_code_used"; left: number; accountLink: string }
  | { template: "recovery_codes_replaced"; accountLink: string }
  | { template: "factor_reset_requested"; cancelLink: string; readyAt: Date }
  | { template: "factor_reset_ready"; link: string; cancelLink: string; hours: number }
  | { template: "factor_reset_completed"; signInLink: string }
  | { template: "invitation"; link: string; role: Exclude<Role, "visitor">; hours: number; invitedBy: string | null }
  /** To the other admins: one of them has `hours` to approve. */
  | {
      template: "employee_factor_reset_requested";
      employee: string;
      requestedBy: string;
      staffLink: string;
      hours: number;
    }
  /** To the employee whose second factors these are. */
  | { template: "own_factor_reset_requested"; requestedBy: string }
  | { template: "account_disabled" }
  | { template: "role_changed"; role: Role }
  | { template: "account_deleted" }
  /** Tickets are there. `late`: the hold had ended when the money came, and the seats were taken again. */
  | {
      template: "order_paid";
      reference: string;
      totalCents: number;
      tickets: number;
      late: boolean;
      /** What it lets into, for the calendar file that goes with it. */
      competitionSessions: CompetitionSessionSummary[];
      /** Where tickets are activated. */
      ticketsLink: string;
      orderLink: string;
    }
  /** Money goes back: all of an order's that came too late, or what the organiser pays back for tickets. */
  | {
      template: "order_refunded";
      reference: string;
      amountCents: number;
      reason: RefundReason;
      /** How many tickets are no longer good; 0 when none were issued. */
      tickets: number;
      orderLink: string;
    }
  /** To whoever a ticket is offered to; all that one person offers at once. No account need be there yet. */
  | { template: "hand_over_offered"; giver: string; tickets: MailTicket[]; expiresAt: Date; link: string }
  /** To the giver and to the receiver. `other`: the receiver's address, or the giver's name. */
  | {
      template: "hand_over_ended";
      outcome: Exclude<HandOverState, "offered">;
      to: "giver" | "receiver";
      other: string;
      tickets: MailTicket[];
      link: string;
    }
  /** Tickets are no longer good, to a holder who has not bought them. */
  | { template: "tickets_cancelled"; tickets: MailTicket[]; reason: "refunded" | "session_cancelled" };

/** A ticket by what it lets into. */
export type MailTicket = {
  reference: string;
  competitionSessionCode: string;
  discipline: string;
  disciplineCode: string;
  venue: string;
  startsAt: Date;
  timeZone: string;
};

export type FactorKind = "totp" | "passkey";
export type MailTemplate = MailContent["template"];

/** Where each link of a mail leads, below the path of its app. The token stands behind a `#`, which no server sees. */
export const mailLinkKinds = [
  "registration",
  "password_reset",
  "email_change",
  "invitation",
  "factor_reset",
  "factor_reset_cancel",
] as const;
export type MailLinkKind = (typeof mailLinkKinds)[number];
