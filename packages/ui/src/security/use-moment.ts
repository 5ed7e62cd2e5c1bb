import { useTimeZone } from "use-intl";
import type { DateStyle } from "../format/formats.ts";
import { useFormats } from "../format/use-formats.ts";

/** Says a moment by the clock of whoever reads it: what happens to an account happens at no venue. */
export function useMoment(): (instant: string, style?: DateStyle) => string {
  const { date } = useFormats();
  const timeZone = useTimeZone() ?? "UTC";
  return (instant, style = "moment") => date(instant, timeZone, style);
}
