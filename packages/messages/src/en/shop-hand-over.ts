import type { shopHandOver as french } from "../fr/shop-hand-over.ts";
import type { Translation } from "../translation.ts";

export const shopHandOver: Translation<typeof french> = {
  offer: {
    name: "Hand over",
    action: "Hand over",
    label: "Hand over this ticket",
    open: "To somebody else, by their e-mail address. Possible until {date}.",
    offered:
      "Offered to {email}. Without an answer, the offer ends on {date}. Until then, the ticket and its code stay yours.",
    closed: "No longer possible since {date}.",
    closedNow: "This ticket cannot be handed over.",
    forbidden: "The organiser does not allow it for this session.",
    title: "Hand over ticket {reference}",
    email: "The person’s e-mail address",
    steps: {
      mail: "We write to them at once. They need an account with this address and a second factor; they can create it when they come.",
      until: "Until they accept, the ticket is yours and your code stays good. You can take it back.",
      after: "Once they accept, the ticket is theirs, with a code of their own. Yours never opens a gate again.",
      end: "Without an answer, the offer ends and the ticket stays yours; on {date} at the latest.",
    },
    submit: "Offer the ticket",
    done: "Offered to {email}, and we are writing to them.",
    takeBack: "Take back",
    takeBackOf: "Take back ticket {reference}, offered to {email}",
    takenBack: "Taken back: the ticket is no longer offered.",
  },
  received: {
    title: "{giver} offers you {count, plural, one {a ticket} other {# tickets}}",
    someone: "Somebody",
    text: "If you accept, {count, plural, one {it is yours, with a code of its own, to activate on your phone} other {they are yours, each with its code, to activate on your phone}}. Answer before {date}.",
    choose: "The tickets that you want",
    accept: "{count, plural, one {Accept the ticket} other {Accept the # tickets}}",
    refuse: "Refuse",
    refuseTitle: "{count, plural, one {Refuse this ticket?} other {Refuse these # tickets?}}",
    refuseText: "{giver} {count, plural, one {keeps it} other {keeps them}}, and is told by e-mail.",
    refuseConfirm: "{count, plural, one {Refuse the ticket} other {Refuse the # tickets}}",
    refused:
      "{count, plural, one {Refused: the ticket stays with whoever offered it.} other {Refused: the tickets stay with whoever offered them.}}",
    accepted: "{count, plural, one {Accepted: the ticket is yours.} other {Accepted: the # tickets are yours.}}",
    toAll: "Tickets given and received",
    strangerTitle: "Has somebody offered you a ticket?",
    strangerText:
      "Sign in, or create an account, with the address that our message came to. You will find it right after.",
  },
  page: {
    title: "Tickets given and received",
    loading: "Looking for what is offered to you…",
    noneTitle: "No ticket is waiting for you",
    noneText:
      "You are signed in with {email}. A ticket that was offered to another address waits in that one’s account: sign in with it, or ask for the ticket to be offered to this address.",
    otherAccount: "Change account",
    givenTitle: "Your open offers",
    pastTitle: "What has happened",
    pending: "Offered to {other}, until {date}",
    given: {
      accepted: "Handed over to {other}",
      refused: "Refused by {other}",
      taken_back: "You took it back from {other}",
      expired: "No answer from {other}",
      void: "Offered to {other}, without effect: ticket used, blocked or cancelled",
    },
    received: {
      accepted: "Received from {other}",
      refused: "Offered by {other}, you refused it",
      taken_back: "Taken back by {other}",
      expired: "Offered by {other}, not answered in time",
      void: "Offered by {other}, without effect: ticket used, blocked or cancelled",
    },
    nobody: "somebody",
  },
  ticket: {
    from: "From {giver}",
    offeredTo: "offered to {email}",
    givenTitle: "You have handed this ticket over",
    givenText: "It has belonged to {email} since {date}. Its code here opens nothing any more.",
  },
  order: {
    givenTo: "Handed over to {email} on {date}",
    allGiven: "You have handed over {count, plural, one {the ticket} other {all # tickets}} of this order.",
  },
  refusals: {
    limitSession:
      "One account can have {limit, number} tickets for one session, and you have {has, number}. Accept fewer, or refuse.",
    limitGames:
      "One account can have {limit, number} tickets for the whole Games, and you have {has, number}. Accept fewer, or refuse.",
    closed: "It is too close to the session: since {date}, tickets change neither hands nor names.",
    frozen:
      "This account’s second factor was reset a short while ago: until {date}, its tickets cannot be handed over.",
    moves: "This ticket has moved too often. The next time, it will be possible from {date}.",
    ended: {
      accepted: "Too late: the ticket has been accepted.",
      refused: "The ticket has been refused meanwhile.",
      taken_back: "Too late: the person has taken the offer back.",
      expired: "The offer has ended: nobody answered in time.",
      void: "The ticket was used, blocked or cancelled: it can no longer change hands.",
    },
  },
};
