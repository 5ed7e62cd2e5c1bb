import type { ReactNode } from "react";
import type { DateStyle } from "./formats.ts";
import { useFormats } from "./use-formats.ts";

type DateTimeTextProps = {
  /** ISO 8601, as the API gives it. */
  readonly at: string;
  /** With an end it says from when to when. */
  readonly until?: string;
  /** IANA name of the venue's zone. */
  readonly timeZone: string;
  readonly show: DateStyle;
};

/** A moment, or the time between two, as the clocks at the venue show it. */
export function DateTimeText({ at, until, timeZone, show }: DateTimeTextProps): ReactNode {
  const { date, dateRange } = useFormats();
  return (
    <time dateTime={at}>{until === undefined ? date(at, timeZone, show) : dateRange(at, until, timeZone, show)}</time>
  );
}
