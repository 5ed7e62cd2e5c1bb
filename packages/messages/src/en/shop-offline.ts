import type { shopOffline as french } from "../fr/shop-offline.ts";
import type { Translation } from "../translation.ts";

export const shopOffline: Translation<typeof french> = {
  ticket: "No network: your ticket works all the same.",
  ticketWithoutCode: "No network: the code needs one for a moment.",
  tickets: "No network: here are your tickets, as we last knew them.",
  lastContact: "Last contact: {date}.",
  clock:
    "The clock of this device has been changed. Set it to automatic time; if the gate refuses the code, find the network for a moment.",
  brightness: "At the gate, turn the screen to its brightest.",
  install: "Put on the home screen",
  installText: "Your tickets then open with one tap, with or without a network.",
  pageTitle: "This page needs the network",
  pageText:
    "Nothing is lost: it will open as soon as the network is back. Tickets that you have activated open without.",
  actionText: "This needs the network. Try again when it is back; nothing has changed.",
  toTickets: "See my tickets",
};
