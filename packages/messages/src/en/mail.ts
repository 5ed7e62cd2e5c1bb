import type { mail as french } from "../fr/mail.ts";
import type { Translation } from "../translation.ts";

/** What mails say, by template of `contracts/mails.ts`; `frame` is around each of them. No app needs these words. */
export const mail: Translation<typeof french> = {
  frame: {
    copyLink: "The button does nothing? Copy this address into your browser:",
    automatic: "Automatic message of the Tessera ticket office: nobody reads the replies.",
    help: "It was not you? Tell the help desk at once: {contact}",
    neverAsk: "We never ask for a password or a code, neither by mail nor by phone.",
    labelled: "{label}:",
    moment: "{paris}, Paris time ({utc} UTC)",
    ticket: "{discipline}, {code} · {when} (local time) · {venue} · ticket {reference}",
  },
  roles: { visitor: "visitor", staff: "staff", supervisor: "supervisor", admin: "administrator" },
  registration_code: {
    subject: "Your code to create an account",
    text: "Enter this code on the page where you create your account. It is good for {minutes, plural, one {# minute} other {# minutes}}.",
    action: "Go on with the registration",
    note: "You asked for nothing? Ignore this message: without this code no account is created.",
  },
  registration_known: {
    subject: "You already have an account",
    text: "Somebody, probably you, wanted to create an account with this address. It already has one: sign in.",
    action: "Sign in",
    reset: "Forgot your password? Choose a new one here:",
    note: "It was not you? There is nothing to do, your account has not changed.",
  },
  password_reset: {
    subject: "Choose a new password",
    text: "This link works once, for {minutes, plural, one {# minute} other {# minutes}}. You will be asked for your second factor as usual.",
    action: "Choose a password",
    note: "You asked for nothing? Ignore this message: your password has not changed.",
  },
  password_reset_unknown: {
    subject: "This address has no account",
    text: "Somebody, probably you, asked for a new password. This address has no account here; perhaps you took another one.",
    action: "Create an account",
    note: "It was not you? There is nothing to do.",
  },
  password_changed: {
    subject: "Your password has changed",
    text: "The password of your account has just changed. If it was you, all is well.",
    alarm: "It was not you? Choose a new one at once.",
    action: "Choose a new password",
  },
  email_change_old: {
    subject: "Confirm the change of address",
    text: "Your account is to move to the address {newEmail}. Confirm it here; the new address gets a message too. The link is good for {hours, plural, one {# hour} other {# hours}}.",
    action: "Confirm the change",
    note: "It was not you? Do not confirm, and change your password.",
  },
  email_change_new: {
    subject: "Confirm your new address",
    text: "An account is to move to this address. Confirm it here; the old one gets a message too. The link is good for {hours, plural, one {# hour} other {# hours}}.",
    action: "Confirm this address",
    note: "You asked for nothing? Ignore this message: nothing will change.",
  },
  email_change_taken: {
    subject: "This address already has an account",
    text: "Somebody, probably you, wanted to give this address to another account. An address opens one account only: nothing has changed.",
    action: "Sign in",
    note: "It was not you? There is nothing to do.",
  },
  email_changed: {
    subject: "The address of your account has changed",
    text: "Your account now has the address {newEmail}. You sign in with it.",
  },
  factor_added: {
    subjects: { passkey: "A passkey was added", totp: "An authenticator app was added" },
    text: "It can now help to open your account. If it was you, all is well.",
    alarm: "It was not you? Remove it, then change your password.",
    action: "Open my account",
  },
  factor_removed: {
    subjects: { passkey: "A passkey was removed", totp: "Your authenticator app was removed" },
    text: "It no longer opens your account. If it was you, all is well.",
    alarm: "It was not you? Change your password and end the sessions that you do not know.",
    action: "Open my account",
  },
  recovery_code_used: {
    subject: "A recovery code was used",
    text: "One of your recovery codes was just used. {left, plural, =0 {None is left: create ten new ones.} one {One is left: create ten new ones.} other {# are left.}}",
    alarm: "It was not you? Change your password and replace your codes.",
    action: "Open my account",
  },
  recovery_codes_replaced: {
    subject: "Your recovery codes were replaced",
    text: "Ten new codes were created; the old ones are worth nothing now. If it was you, all is well.",
    alarm: "It was not you? Change your password, then replace the codes.",
    action: "Open my account",
  },
  factor_reset_requested: {
    subject: "Cancel if you asked for nothing: second factor lost",
    text: "Somebody says that the app, the passkeys and the recovery codes of your account are all lost. We will send the means to replace them here on {readyAt}. Until then your tickets cannot change hands.",
    alarm: "It was not you? Cancel: nothing will have changed.",
    action: "Cancel the request",
    note: "It was you? Wait until then, there is nothing else to do.",
  },
  factor_reset_ready: {
    subject: "Replace your second factor",
    text: "The wait is over. This link works once, for {hours, plural, one {# hour} other {# hours}}.",
    action: "Replace my second factor",
    cancel: "It was not you? Cancel here, nothing will have changed:",
  },
  factor_reset_completed: {
    subject: "Your second factor was replaced",
    text: "The app, passkeys and recovery codes that you had no longer open your account.",
    action: "Sign in",
  },
  invitation: {
    subject: "Join the ticket office’s team",
    byName: "{name} invites you into the team.",
    byNobody: "An account of the team is waiting for you.",
    text: "{invitation} Your role: {role}. This link works once, for {hours, plural, one {# hour} other {# hours}}.",
    action: "Accept the invitation",
    note: "You were expecting nothing? Ignore this message.",
  },
  employee_factor_reset_requested: {
    subject: "Approve or cancel: a second factor is lost",
    text: "{requestedBy} asks that the second factors and the password of {employee} be removed, because they are lost. Another administrator must approve within {hours, plural, one {# hour} other {# hours}}.",
    alarm: "First make sure, by voice, that {employee} really asks for it; otherwise cancel the request.",
    action: "See the request",
  },
  own_factor_reset_requested: {
    subject: "Your second factors are to be removed",
    text: "{requestedBy} has reported that your second factors are lost. When another administrator has approved, a message leads you to a new password and new factors.",
    alarm: "You have lost nothing? Tell an administrator at once, so that the request is cancelled.",
  },
  account_disabled: {
    subject: "Your account is suspended",
    text: "An administrator has suspended your account: it opens nothing for now. Ask them why.",
  },
  role_changed: {
    subject: "Your role has changed",
    text: "Your role in the ticket office is now: {role}.",
    note: "That surprises you? Ask an administrator.",
  },
  account_deleted: {
    subject: "Your account is deleted",
    text: "Your account and what we knew of you are erased. Accounting keeps your purchases, without your name.",
  },
  order_paid: {
    subject: "Order {reference}: your tickets",
    late: "Your payment came in after the reservation had ended: the seats were still free, and they are yours.",
    text: "You have paid {total}. {tickets, plural, one {Your ticket is} other {Your # tickets are}} in your account. Activate {tickets, plural, one {it} other {them}} on your phone before you leave. The dates are in the attached file, for your calendar.",
    action: "Activate my tickets",
    order: "See the order:",
  },
  order_refunded: {
    subject: "Order {reference}: refund",
    reason: {
      no_seats_left: "Your payment came in after the reservation had ended, and there were no seats left.",
      limit_reached: "Your payment came in after the reservation had ended, and you had reached your limit of tickets.",
      not_on_sale: "Your payment came in when these seats were no longer on sale.",
      session_cancelled:
        "The organiser has cancelled the competition. {tickets, plural, =0 {Your payment came in afterwards, and there are no tickets} one {One ticket of this order is no longer valid} other {# tickets of this order are no longer valid}}.",
      paid_twice: "Order {reference} was paid twice: it stays good, and the second payment comes back to you.",
      account_deleted: "Your payment came in after the account was deleted.",
      organiser:
        "The organiser refunds {tickets, plural, one {a ticket. It is no longer valid} other {# tickets. They are no longer valid}}.",
    },
    free: "The organiser cancels {tickets, plural, one {a free ticket. It is no longer valid} other {# free tickets. They are no longer valid}}. There is nothing to give back.",
    nothing: "There is nothing to give back.",
    text: "{amount} are on the way back to what you paid with, usually within 5 to 10 days. There is nothing for you to do.",
    action: "See the order",
  },
  hand_over_offered: {
    subject: "{tickets, plural, one {A ticket is} other {# tickets are}} waiting for you",
    text: "{giver} offers you {tickets, plural, one {this ticket} other {these tickets}}:",
    action: "Accept or refuse",
    note: "The offer stands until {expiresAt}. To accept, you need an account with this address. You do not know this person? Ignore this message: nothing will be in your name.",
  },
  hand_over_ended: {
    giver: {
      accepted: {
        subject: "Your {tickets, plural, one {ticket was} other {tickets were}} accepted",
        text: "{other} has accepted. {tickets, plural, one {This ticket is no longer yours, and the code that you had opens nothing now} other {These tickets are no longer yours, and the codes that you had open nothing now}}:",
      },
      refused: {
        subject: "Your {tickets, plural, one {ticket was} other {tickets were}} refused",
        text: "{other} has refused. {tickets, plural, one {This ticket stays yours, with its code} other {These tickets stay yours, with their codes}}:",
      },
      taken_back: {
        subject: "Your {tickets, plural, one {ticket stays} other {tickets stay}} yours",
        text: "You have withdrawn your offer to {other}. {tickets, plural, one {This ticket stays yours, with its code} other {These tickets stay yours, with their codes}}:",
      },
      expired: {
        subject: "Your {tickets, plural, one {ticket stays} other {tickets stay}} yours: no answer",
        text: "{other} has not answered in time. {tickets, plural, one {This ticket stays yours, with its code} other {These tickets stay yours, with their codes}}:",
      },
      void: {
        subject: "Your offer is void",
        text: "{tickets, plural, one {The ticket that you offered to {other} was used, cancelled or blocked} other {The tickets that you offered to {other} were used, cancelled or blocked}}:",
      },
    },
    receiver: {
      accepted: {
        subject: "The {tickets, plural, one {ticket is} other {tickets are}} yours",
        text: "{other} has handed you {tickets, plural, one {this ticket. Activate it on your phone before you leave} other {these tickets. Activate them on your phone before you leave}}:",
      },
      refused: {
        subject: "You have refused {tickets, plural, one {a ticket} other {# tickets}}",
        text: "{tickets, plural, one {This ticket stays} other {These tickets stay}} with {other}:",
      },
      taken_back: {
        subject: "The {tickets, plural, one {ticket is} other {tickets are}} no longer waiting for you",
        text: "{other} has withdrawn the offer of {tickets, plural, one {this ticket} other {these tickets}}:",
      },
      expired: {
        subject: "The {tickets, plural, one {ticket is} other {tickets are}} no longer waiting for you: time is up",
        text: "The offer by {other} got no answer in time, for {tickets, plural, one {this ticket} other {these tickets}}:",
      },
      void: {
        subject: "An offer of tickets is void",
        text: "{tickets, plural, one {The ticket that {other} offered you was used, cancelled or blocked} other {The tickets that {other} offered you were used, cancelled or blocked}}:",
      },
    },
    seeTickets: "See my tickets",
    openShop: "Open the ticket office",
  },
  tickets_cancelled: {
    subject: "{tickets, plural, one {A ticket is} other {# tickets are}} no longer valid",
    reason: {
      refunded:
        "{tickets, plural, one {This ticket was refunded to whoever bought it, and opens nothing now} other {These tickets were refunded to whoever bought them, and open nothing now}}:",
      session_cancelled:
        "The organiser has cancelled the competition. {tickets, plural, one {This ticket opens nothing now; its price goes back to whoever bought it} other {These tickets open nothing now; their price goes back to whoever bought them}}:",
    },
  },
};
