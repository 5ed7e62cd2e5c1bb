import type { shopPaper as french } from "../fr/shop-paper.ts";
import type { Translation } from "../translation.ts";

export const shopPaper: Translation<typeof french> = {
  ways: "What you can do with it",
  name: "On paper",
  text: "For somebody without a phone: a sheet, and an identity document at the gate. Possible until {date}.",
  closed: "No longer possible since {date}.",
  closedNow: "This ticket cannot be printed.",
  onPaper: "The ticket is on paper. Printed again, it stays the same.",
  print: "Print on paper",
  printAgain: "Print again",
  making: "Preparing the PDF…",
  title: "{count, plural, one {Print this ticket on paper?} other {Print # tickets on paper?}}",
  points: {
    who: "This is for people without a phone. With a phone, going in is faster.",
    code: "{count, plural, one {The ticket lives in one place only: if it has a code on a phone, that code opens nothing any more.} other {A ticket lives in one place only: those that have a code on a phone lose it.}}",
    identity: "At the gate, a person compares the name on the sheet with an identity document.",
    moves: "This counts as a move: {left, number} of {limit, number} are left within 24 hours.",
    some: "{count, plural, one {Another ticket} other {# other tickets}} of this order cannot be printed now.",
  },
  confirm: "Make the PDF",
  done: "The PDF is among your downloads.",
  paperTitle: "This ticket is on paper",
  paperText: "At the gate, show the sheet and an identity document. Sheet lost? Print it again: it is the same one.",
  toPhone: "Put it on this phone",
  toPhoneFrom: "From {date}, you can also put it on this phone.",
  toPhoneTitle: "Put the ticket on this phone?",
  toPhoneText: "The printed sheet stops being good at once, and for ever.",
  toPhoneConfirm: "Yes, on this phone",
  toPhoneKeep: "No, keep the sheet",
  device: {
    name: "One place only",
    why: "A ticket lives on one device, or on paper: that is what keeps it from being copied.",
    left: "It can still move {left, plural, one {once} other {# times}}, of {limit, number} within 24 hours.",
    none: "It has moved {limit, number} times within 24 hours, and can again on {date}. Until then, it stays good where it is.",
  },
  activateTogether: "Activate these {count, number} tickets",
};
