const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A moment as the clocks of a zone show it, in the form of an `<input type="datetime-local">`.
 *
 * @param instant ISO 8601
 * @param timeZone IANA name
 * @returns `2028-07-14T10:00`
 */
export function toLocal(instant: string, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // Swedish writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
    formats.set(timeZone, format);
  }
  return format.format(new Date(instant)).replace(" ", "T");
}

/**
 * The moment at which the clocks of a zone show a local time, as ISO 8601 in UTC. An hour that a change to summer time
 * leaves out is the one after it, as on the clocks; of an hour that comes twice it is the first.
 *
 * @param local `2028-07-14T10:00`
 */
export function toInstant(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local}Z`);
  const offsetAt = (moment: number): number =>
    Date.parse(`${toLocal(new Date(moment).toISOString(), timeZone)}Z`) - Math.floor(moment / 60_000) * 60_000;
  // The offsets of the day before and after: no zone changes twice in two days.
  const moments = [asUtc - 86_400_000, asUtc + 86_400_000].map((near) => asUtc - offsetAt(near));
  const right = moments.filter((moment) => toLocal(new Date(moment).toISOString(), timeZone) === local);
  return new Date(right.length > 0 ? Math.min(...right) : Math.max(...moments)).toISOString();
}
