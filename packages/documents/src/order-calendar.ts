import type { CompetitionSessionSummary, Locale, Order } from "@tessera/contracts";
import { createEvents, type EventAttributes } from "ics";
import { disciplineName } from "./discipline-name.ts";
import { foldLines } from "./fold-lines.ts";

/** A calendar file, to be downloaded or sent. */
export type CalendarFile = { fileName: string; contentType: string; text: string };

const productId = "-//Tessera//Tickets//EN";

/**
 * The competition sessions of an order as a calendar file (iCalendar, RFC 5545), one event each, with times in UTC so
 * that every calendar shows them in its own zone. The same order gives events of the same ids, and so a second import
 * replaces the first.
 *
 * @param locale the buyer's language
 */
export function orderCalendar({ reference, lines }: Pick<Order, "reference" | "lines">, locale: Locale): CalendarFile {
  const sessions = new Map(
    lines.flatMap((line) => line.entries.map(({ competitionSession }) => [competitionSession.id, competitionSession])),
  );
  return calendarFile({ reference, competitionSessions: [...sessions.values()] }, locale);
}

/** The same of competition sessions, each given once. */
export function calendarFile(
  { reference, competitionSessions }: { reference: string; competitionSessions: readonly CompetitionSessionSummary[] },
  locale: Locale,
): CalendarFile {
  const events = competitionSessions
    .toSorted((one, other) => one.startsAt.localeCompare(other.startsAt))
    .map((session) => toEvent(session, reference, locale));
  const { error, value } = createEvents(events, { productId });
  if (error != null || value === null) {
    throw new Error(`the calendar of an order could not be written: ${error?.message ?? "no events"}`);
  }
  return { fileName: `tessera-${reference}.ics`, contentType: "text/calendar; charset=utf-8", text: foldLines(value) };
}

const orderWord: Record<Locale, string> = { fr: "Commande", en: "Order" };

function toEvent(session: CompetitionSessionSummary, reference: string, locale: Locale): EventAttributes {
  return {
    uid: `${session.id}-${reference}@tessera`,
    start: Date.parse(session.startsAt),
    startOutputType: "utc",
    end: Date.parse(session.endsAt),
    endOutputType: "utc",
    title: `${disciplineName(session, locale)} · ${session.code}`,
    description: `${session.events}\n${orderWord[locale]} ${reference}`,
    location: `${session.venue}, ${session.city}`,
    status: session.state === "cancelled" ? "CANCELLED" : "CONFIRMED",
    // Somebody who is at the Games is not free for a meeting.
    busyStatus: "BUSY",
    transp: "OPAQUE",
  };
}
