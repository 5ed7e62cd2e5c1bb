import type { Currency, Locale } from "@tessera/contracts";

const tags: Record<Locale, string> = { fr: "fr-FR", en: "en-GB" };

const dateStyles = {
  /** jeudi 25 juillet */
  day: { weekday: "long", day: "numeric", month: "long" },
  /** jeudi 25 juillet 2028 */
  fullDay: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  /** jeu. 25 juil. */
  shortDay: { weekday: "short", day: "numeric", month: "short" },
  /** jeu. */
  weekday: { weekday: "short" },
  /** 25 */
  dayOfMonth: { day: "numeric" },
  /** juil. */
  month: { month: "short" },
  /** 09:30 */
  time: { hour: "2-digit", minute: "2-digit" },
  /** 09:30:15 */
  exactTime: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  /** 09:30:15 UTC+2 */
  zonedTime: { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
  /** jeu. 25 juil., 09:30 */
  dateTime: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  /** 25 juil. 2028 */
  date: { day: "numeric", month: "short", year: "numeric" },
  /** 25 juil. 2028, 09:30 */
  moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  /** 25 juil. 2028, 09:30:15 UTC+2 */
  exactMoment: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateStyle = keyof typeof dateStyles;

// Making an Intl formatter costs a hundred times what using one does, and a programme has hundreds of rows.
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: Locale, style: DateStyle, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${style} ${timeZone}`;
  const known = dateFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(tags[locale], { ...dateStyles[style], timeZone });
  dateFormats.set(key, made);
  return made;
}

/**
 * Says a moment in the time of a place.
 *
 * @param instant ISO 8601, as the API gives it
 * @param timeZone IANA name of the venue's zone
 */
export function formatDate(locale: Locale, instant: string, timeZone: string, style: DateStyle): string {
  return dateFormat(locale, style, timeZone).format(new Date(instant));
}

/** Says from when to when: `09:30 – 12:30` on one day, both days where there are two. */
export function formatDateRange(
  locale: Locale,
  start: string,
  end: string,
  timeZone: string,
  style: DateStyle,
): string {
  return dateFormat(locale, style, timeZone).formatRange(new Date(start), new Date(end));
}

/** The day of a moment at a place, `2028-07-14`: for grouping and for addresses, not for reading. */
export function dayOf(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/**
 * Says an amount of money.
 *
 * @param cents integer cents
 * @param currency ISO 4217
 * @param whole leave out `,00` where there are no cents
 */
export function formatPrice(locale: Locale, cents: number, currency: Currency, whole = false): string {
  return new Intl.NumberFormat(tags[locale], {
    style: "currency",
    currency,
    trailingZeroDisplay: whole ? "stripIfInteger" : "auto",
  }).format(cents / 100);
}

/** Says a count with the separators of the language. */
export function formatNumber(locale: Locale, value: number): string {
  return new Intl.NumberFormat(tags[locale]).format(value);
}

/** Says what is left of a time as `4:09`, or `1:04:09` from an hour on; never less than `0:00`. */
export function formatDuration(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60)];
  return hours === 0 ? `${minutes}:${twoDigits(left % 60)}` : `${hours}:${twoDigits(minutes)}:${twoDigits(left % 60)}`;
}
