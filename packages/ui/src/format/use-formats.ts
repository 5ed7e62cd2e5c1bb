import type { Currency } from "@tessera/contracts";
import { useMemo } from "react";
import { useLocale } from "use-intl";
import { type DateStyle, formatDate, formatDateRange, formatNumber, formatPrice } from "./formats.ts";

type Formats = {
  readonly date: (instant: string, timeZone: string, style: DateStyle) => string;
  readonly dateRange: (start: string, end: string, timeZone: string, style: DateStyle) => string;
  /** From integer cents; `whole` leaves out `,00`. */
  readonly price: (cents: number, currency: Currency, whole?: boolean) => string;
  readonly number: (value: number) => string;
};

/** The formatters in the language of the page, for where a string is needed and not an element. */
export function useFormats(): Formats {
  const locale = useLocale();
  return useMemo(
    () => ({
      date: (instant, timeZone, style) => formatDate(locale, instant, timeZone, style),
      dateRange: (start, end, timeZone, style) => formatDateRange(locale, start, end, timeZone, style),
      price: (cents, currency, whole) => formatPrice(locale, cents, currency, whole),
      number: (value) => formatNumber(locale, value),
    }),
    [locale],
  );
}
