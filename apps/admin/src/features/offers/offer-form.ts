import { type AdminOffer, type Locale, type OfferKind, offerKind, personsOfKind } from "@tessera/contracts";
import { z } from "zod";
import { hundredthsText } from "../../shared/hundredths.ts";
import { wholeNumber } from "../../shared/whole-number.ts";
import { parsePrice } from "./price.ts";
import { toInstant, toLocal } from "./venue-time.ts";

// The form's own schema: prices and moments as people type them. What it makes of them is what the API takes, which checks
// again.

/** How many competition sessions a package lets into at most. */
export const mostInPackage = 10;

const price = z.string().transform((text, context) => {
  const cents = parsePrice(text);
  if (cents !== null) return cents;
  context.addIssue({ code: "custom", message: "price_unreadable" });
  return z.NEVER;
});

const name = z.string().trim().max(120);
const terms = z.object({
  nameFr: name,
  nameEn: name,
  price,
  /** Local time at the venue; empty: without a limit. */
  salesOpenAt: z.string(),
  salesCloseAt: z.string(),
  maxPerOrder: wholeNumber(z.int().min(1).max(30)),
});

type Terms = z.output<typeof terms>;
type NameField = "nameFr" | "nameEn";

/** Every issue is said at once, also while another field is wrong. */
const always = (message: string, field: keyof Terms) => ({ message, path: [field], when: () => true });
const named = (field: NameField) => (values: Terms) =>
  values[field] !== "" || (values.nameFr === "" && values.nameEn === "");
const windowIsOrdered = ({ salesOpenAt, salesCloseAt }: Terms): boolean =>
  salesOpenAt === "" || salesCloseAt === "" || salesOpenAt < salesCloseAt;

function checkedTogether<Schema extends z.ZodType<Terms>>(schema: Schema): Schema {
  return schema
    .refine(named("nameFr"), always("name_in_both", "nameFr"))
    .refine(named("nameEn"), always("name_in_both", "nameEn"))
    .refine(windowIsOrdered, always("sales_window_reversed", "salesCloseAt"));
}

export const editedOffer = checkedTogether(terms);

const isNamed = (values: Terms): boolean => values.nameFr !== "" || values.nameEn !== "";

/** A package is no standard offer: the shop has no word for it. */
export const editedPackage = editedOffer.refine(isNamed, always("package_without_name", "nameFr"));

export const newOffer = checkedTogether(
  terms.extend({
    seatPoolIds: z.array(z.string()).min(1).max(mostInPackage),
    kind: offerKind,
    persons: wholeNumber(z.int().min(1).max(20)),
  }),
).refine((values) => values.seatPoolIds.length < 2 || isNamed(values), always("package_without_name", "nameFr"));

export type OfferFormValues = z.input<typeof editedOffer>;

/** What the form shows for an offer. */
export function valuesOf(offer: AdminOffer, locale: Locale): OfferFormValues {
  const timeZone = timeZoneOf(offer);
  const local = (instant: string | null): string => (instant === null ? "" : toLocal(instant, timeZone));
  return {
    nameFr: offer.name?.fr ?? "",
    nameEn: offer.name?.en ?? "",
    price: hundredthsText(offer.priceCents, locale),
    salesOpenAt: local(offer.salesOpenAt),
    salesCloseAt: local(offer.salesCloseAt),
    maxPerOrder: String(offer.maxPerOrder),
  };
}

/** What the API takes, from a form that was read. Times are those of the venue's clocks. */
export function termsOf(values: Terms, timeZone: string) {
  const instant = (local: string): string | null => (local === "" ? null : toInstant(local, timeZone));
  return {
    name: values.nameFr === "" ? null : { fr: values.nameFr, en: values.nameEn },
    priceCents: values.price,
    salesOpenAt: instant(values.salesOpenAt),
    salesCloseAt: instant(values.salesCloseAt),
    maxPerOrder: values.maxPerOrder,
  };
}

/** The clocks that an offer's window goes by: those of its first venue. */
export function timeZoneOf({ entries }: Pick<AdminOffer, "entries">): string {
  return entries[0]?.competitionSession.timeZone ?? "UTC";
}

/** How many tickets a unit gives: said by the kind, or by the admin for a group. */
export function personsOf(kind: OfferKind, persons: number): number {
  return kind === "group" ? persons : personsOfKind[kind];
}
