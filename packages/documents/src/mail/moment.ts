import type { Locale } from "@tessera/contracts";

const languages: Record<Locale, string> = { fr: "fr-FR", en: "en-GB" };

/** A mail does not know where it is read: the organiser's time, and the world's. */
export function formatMoment(at: Date, locale: Locale): { paris: string; utc: string } {
  const format = (timeZone: string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(languages[locale], { timeZone, ...options }).format(at);
  return {
    paris: format("Europe/Paris", { dateStyle: "full", timeStyle: "short" }),
    // With its day, which around midnight is another one.
    utc: format("UTC", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }),
  };
}

type Clocks = { locale: Locale; timeZone: string };

/** When a competition session begins, by the clocks of its venue. */
export function formatStart(at: Date, { locale, timeZone }: Clocks): string {
  return new Intl.DateTimeFormat(languages[locale], { timeZone, dateStyle: "full", timeStyle: "short" }).format(at);
}

/** The time of day alone, by the clocks of a venue. */
export function formatTime(at: Date, { locale, timeZone }: Clocks): string {
  return new Intl.DateTimeFormat(languages[locale], { timeZone, timeStyle: "short" }).format(at);
}
