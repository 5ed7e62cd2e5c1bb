import { Temporal } from "temporal-polyfill";

const isoWithOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:[0-5]\d)?[+-]\d{2}:\d{2}$/;

/** Whether the name is a time zone of the IANA database that has rules (an offset such as +02:00 has none). */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

/** Whether the text is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** A moment written in ISO 8601 with its offset, which must be the time zone's at that moment. */
export function readMoment(written: string, timeZone: string): { moment: Date } | { problem: string } {
  const notAMoment = {
    problem: `${JSON.stringify(written.slice(0, 40))} is not a time like 2028-07-14T19:30:00+02:00`,
  };
  if (!isoWithOffset.test(written)) return notAMoment;
  let instant: Temporal.Instant;
  try {
    instant = Temporal.Instant.from(written);
  } catch {
    return notAMoment;
  }
  const { offset } = instant.toZonedDateTimeISO(timeZone);
  if (!written.endsWith(offset))
    return { problem: `${written} does not have the offset of ${timeZone}, ${offset} then` };
  return { moment: new Date(instant.epochMilliseconds) };
}

/** The day, as YYYY-MM-DD, that it is in the zone at that moment. */
export const dayOf = (moment: Date, timeZone: string): string => inZone(moment, timeZone).toPlainDate().toString();

const inZone = (moment: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);

/**
 * Moves moments by whole days, so that the first day becomes `firstDay` (YYYY-MM-DD). Wall times in the zone stay what
 * they are, also over a change to or from summer time.
 */
export function shifter(moments: readonly Date[], firstDay: string, timeZone: string): (moment: Date) => Date {
  const zoned = (moment: Date) => inZone(moment, timeZone);
  const [first] = moments.toSorted((one, other) => one.getTime() - other.getTime());
  if (first === undefined) return (moment) => moment;
  const days = zoned(first).toPlainDate().until(Temporal.PlainDate.from(firstDay)).days;
  return (moment) => new Date(zoned(moment).add({ days }).epochMilliseconds);
}
