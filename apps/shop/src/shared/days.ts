/** Where the visitor's clock is. */
export const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day, `YYYY-MM-DD`, that a moment (ISO 8601) falls on in a time zone. */
export function dayOf(instant: string, timeZone: string): string {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    // Swedish writes dates as ISO 8601 does. Making a formatter is slow, and a programme asks 713 times.
    formatter = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(new Date(instant));
}

/** A day as a moment (ISO 8601) that is said as the same day in UTC. */
export function noonOf(day: string): string {
  return `${day}T12:00:00Z`;
}
