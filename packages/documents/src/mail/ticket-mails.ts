import type { Locale, MailTicket } from "@tessera/contracts";
import { disciplineName } from "../discipline-name.ts";
import type { Composers, MailWords } from "./mail-parts.ts";
import { formatMoment, formatStart } from "./moment.ts";

/** Tickets on their way from one person to another, and those that are no longer good. */
export const ticketMails: Composers<"hand_over_offered" | "hand_over_ended" | "tickets_cancelled"> = {
  // The giver's own words stay out of the subject: anybody can be written to in this way.
  hand_over_offered: ({ giver, tickets, expiresAt, link }, words, locale) => ({
    subject: words("hand_over_offered.subject", { tickets: tickets.length }),
    text: words("hand_over_offered.text", { giver, tickets: tickets.length }),
    items: itemsOf(tickets, words, locale),
    action: { label: words("hand_over_offered.action"), link },
    note: words("hand_over_offered.note", { expiresAt: words("frame.moment", formatMoment(expiresAt, locale)) }),
  }),
  hand_over_ended: ({ outcome, to, other, tickets, link }, words, locale, help) => ({
    subject: words(`hand_over_ended.${to}.${outcome}.subject`, { tickets: tickets.length }),
    text: words(`hand_over_ended.${to}.${outcome}.text`, { other, tickets: tickets.length }),
    items: itemsOf(tickets, words, locale),
    action: {
      label: words(
        to === "giver" || outcome === "accepted" ? "hand_over_ended.seeTickets" : "hand_over_ended.openShop",
      ),
      link,
    },
    // What this tells of, nobody but the giver should have begun.
    note: to === "giver" && (outcome === "accepted" || outcome === "taken_back") ? help : undefined,
  }),
  tickets_cancelled: ({ tickets, reason }, words, locale) => ({
    subject: words("tickets_cancelled.subject", { tickets: tickets.length }),
    text: words(`tickets_cancelled.reason.${reason}`, { tickets: tickets.length }),
    items: itemsOf(tickets, words, locale),
  }),
};

function itemsOf(tickets: readonly MailTicket[], words: MailWords, locale: Locale): string[] {
  return tickets.map(({ discipline, disciplineCode, competitionSessionCode, venue, startsAt, timeZone, reference }) =>
    words("frame.ticket", {
      discipline: disciplineName({ discipline, disciplineCode }, locale),
      code: competitionSessionCode,
      when: formatStart(startsAt, { locale, timeZone }),
      venue,
      reference,
    }),
  );
}
