import { useFormats } from "@tessera/ui";

/** Says a moment as the tablet's own clock shows it: whoever works with it stands where it is. */
export function useTime(): (at: string) => string {
  const { date } = useFormats();
  return (at) => date(at, Intl.DateTimeFormat().resolvedOptions().timeZone, "time");
}
