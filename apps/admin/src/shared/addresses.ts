import type { OfferState } from "@tessera/contracts";

// What a page shows is in its address: it can be sent to a colleague, kept, and gone back to. An address that somebody has
// typed wrong shows what can be understood of it.

export const offerStates = ["draft", "published", "withdrawn"] as const satisfies readonly OfferState[];

export type OffersSearch = { search?: string; state?: OfferState; discipline?: string; page?: number };

export function parseOffersSearch(raw: Record<string, unknown>): OffersSearch {
  const state = offerStates.find((known) => known === raw["state"]);
  const discipline = raw["discipline"];
  return {
    ...parseListSearch(raw),
    ...(state === undefined ? {} : { state }),
    ...(typeof discipline === "string" && /^[A-Z0-9]{3}$/.test(discipline) ? { discipline } : {}),
  };
}

export const salesSorts = ["amount", "tickets", "starts_at"] as const;
export type SalesSort = (typeof salesSorts)[number];
export const salesGroupings = ["offers", "sessions"] as const;
export type SalesGrouping = (typeof salesGroupings)[number];

export type SalesSearch = { search?: string; by?: SalesGrouping; sort?: SalesSort; page?: number };

export function parseSalesSearch(raw: Record<string, unknown>): SalesSearch {
  const by = salesGroupings.find((known) => known === raw["by"]);
  const sort = salesSorts.find((known) => known === raw["sort"]);
  return { ...parseListSearch(raw), ...(by === undefined ? {} : { by }), ...(sort === undefined ? {} : { sort }) };
}

function parseListSearch(raw: Record<string, unknown>): { search?: string; page?: number } {
  // The router reads `?search=100` as a number.
  const search = typeof raw["search"] === "number" ? String(raw["search"]) : raw["search"];
  const page = Number(raw["page"]);
  return {
    ...(typeof search === "string" && search !== "" ? { search: search.slice(0, 80) } : {}),
    ...(Number.isInteger(page) && page > 1 && page < 100_000 ? { page } : {}),
  };
}
