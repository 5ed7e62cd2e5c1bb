import type { AdminOffer } from "@tessera/contracts";

/** What an admin can change of an offer, in the order of the form. */
export const changeableFields = ["state", "price", "maxPerOrder", "salesOpenAt", "salesCloseAt", "name"] as const;
export type ChangeableField = (typeof changeableFields)[number];

/** Which of them differ between what was loaded and what there is now. */
export function changedFields(loaded: AdminOffer, now: AdminOffer): ChangeableField[] {
  const same: Record<ChangeableField, boolean> = {
    state: loaded.state === now.state,
    price: loaded.priceCents === now.priceCents,
    maxPerOrder: loaded.maxPerOrder === now.maxPerOrder,
    salesOpenAt: loaded.salesOpenAt === now.salesOpenAt,
    salesCloseAt: loaded.salesCloseAt === now.salesCloseAt,
    name: loaded.name?.fr === now.name?.fr && loaded.name?.en === now.name?.en,
  };
  return changeableFields.filter((field) => !same[field]);
}
