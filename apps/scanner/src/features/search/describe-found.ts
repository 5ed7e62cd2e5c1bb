import type { Category, Direction, OfferKind } from "@tessera/contracts";
import { dayOf, useFormats } from "@tessera/ui";
import { useTranslations } from "use-intl";

/** One ticket that a search has found. */
export type FoundTicket = {
  readonly ticketId: string;
  /** Null while names are locked. */
  readonly holderName: string | null;
  readonly kind: OfferKind;
  readonly name: { readonly fr: string; readonly en: string } | null;
  readonly category: Category;
  readonly zone: number;
  readonly state: "good" | "revoked" | "blocked";
  readonly reference: string;
  readonly order: string;
  readonly passages: readonly { readonly direction: Direction; readonly atMs: number }[];
};

/** Fewer letters would find half of the stadium. */
const fewestLetters = 2;

/** Whether there is enough to search by. Spaces around it are nobody's name. */
export const isSearchable = (text: string): boolean => text.trim().length >= fewestLetters;

/** Where the holder is: by the newest passage, whichever order they come in. */
export function whereabouts({ passages }: Pick<FoundTicket, "passages">): {
  readonly where: "never" | "inside" | "outside";
  readonly sinceMs: number | null;
} {
  const last = passages.toSorted((a, b) => a.atMs - b.atMs).at(-1);
  if (last === undefined) return { where: "never", sinceMs: null };
  return { where: last.direction === "in" ? "inside" : "outside", sinceMs: last.atMs };
}

/** Says where the holder of a ticket is, and since when, by the venue's clock. */
export function useWhereabouts(timeZone: string, nowMs: number): (ticket: FoundTicket) => string {
  const t = useTranslations("scanner.search");
  const formats = useFormats();
  return (ticket) => {
    const { where, sinceMs } = whereabouts(ticket);
    if (where === "never" || sinceMs === null) return t("never");
    const at = new Date(sinceMs).toISOString();
    const time = formats.date(at, timeZone, "time");
    if (dayOf(at, timeZone) === dayOf(new Date(nowMs).toISOString(), timeZone)) return t(where, { time });
    return t(`${where}On`, { day: formats.date(at, timeZone, "shortDay"), time });
  };
}
