import type { paper as french } from "../fr/paper.ts";
import type { Translation } from "../translation.ts";

/** What stands on a ticket that is printed. */
export const paper: Translation<typeof french> = {
  title: "{tickets, plural, one {Paper ticket} other {# paper tickets}} · {codes}",
  heading: "{discipline} · {code}",
  date: "Date and local time",
  gatesOpen: "Gates open at",
  place: "Venue",
  category: "Category",
  zone: "Zone",
  gate: "Gate {code}",
  name: "Name",
  nameElsewhere: "as in your account",
  reference: "Reference",
  code: "QR code of ticket {reference}, to be shown at the gate",
  bring: {
    heading: "What to bring",
    sheet: "This sheet, flat, with no fold across the code",
    document: "An identity document of the person whose name is on this ticket",
  },
  check: {
    heading: "Good to know",
    look: "A paper ticket is always checked: somebody looks at the identity document. Allow a few minutes more.",
    phone:
      "This sheet takes the place of the code on the phone, which opens nothing now. If you activate the ticket on a phone again, it is this sheet that opens nothing.",
    copy: "The ticket lets one person in, once: give nobody a photograph of this sheet.",
  },
};
