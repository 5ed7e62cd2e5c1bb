import { type AuditAction, auditActions, type Incident, type OfferState, type OrderState } from "@tessera/contracts";

// What a page shows is in its address: it can be sent to a colleague, kept, and gone back to. An address that somebody has
// typed wrong shows what can be understood of it. The router lays what is read over what was written: a key that makes no
// sense must be said to be undefined, or it stays.

export const offerStates = ["draft", "published", "withdrawn"] as const satisfies readonly OfferState[];

type ListSearch = { search?: string | undefined; page?: number | undefined };

export type OffersSearch = ListSearch & { state?: OfferState | undefined; discipline?: string | undefined };

export function parseOffersSearch(raw: Record<string, unknown>): OffersSearch {
  const discipline = raw["discipline"];
  return {
    ...parseListSearch(raw),
    state: offerStates.find((known) => known === raw["state"]),
    discipline: typeof discipline === "string" && /^[A-Z0-9]{3}$/.test(discipline) ? discipline : undefined,
  };
}

export const salesSorts = ["amount", "tickets", "starts_at"] as const;
export type SalesSort = (typeof salesSorts)[number];
export const salesGroupings = ["offers", "sessions"] as const;
export type SalesGrouping = (typeof salesGroupings)[number];

export type SalesSearch = ListSearch & { by?: SalesGrouping | undefined; sort?: SalesSort | undefined };

export function parseSalesSearch(raw: Record<string, unknown>): SalesSearch {
  return {
    ...parseListSearch(raw),
    by: salesGroupings.find((known) => known === raw["by"]),
    sort: salesSorts.find((known) => known === raw["sort"]),
  };
}

/** In the order in which orders go through them; written out, so that an address needs no schema. */
export const orderStates = [
  "held",
  "awaiting_payment",
  "paid",
  "partly_refunded",
  "refunded",
  "expired",
  "cancelled",
] as const satisfies readonly OrderState[];

export type OrdersSearch = ListSearch & { state?: OrderState | undefined };

export function parseOrdersSearch(raw: Record<string, unknown>): OrdersSearch {
  return { ...parseListSearch(raw), state: orderStates.find((known) => known === raw["state"]) };
}

/** Only what is looked for: seat pools come 50 at most, and so have no pages. */
export type CapacitySearch = Pick<ListSearch, "search">;

export function parseCapacitySearch(raw: Record<string, unknown>): CapacitySearch {
  return { search: parseListSearch(raw).search };
}

export type StaffSearch = ListSearch;

export const parseStaffSearch: (raw: Record<string, unknown>) => StaffSearch = parseListSearch;

/** `person` is an account's id. */
export type JournalSearch = { action?: AuditAction | undefined; person?: string | undefined };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseJournalSearch(raw: Record<string, unknown>): JournalSearch {
  const person = raw["person"];
  return {
    action: auditActions.find((known) => known === raw["action"]),
    person: typeof person === "string" && uuid.test(person) ? person : undefined,
  };
}

const idOf = (value: unknown): string | undefined =>
  typeof value === "string" && uuid.test(value) ? value : undefined;

/** `session` is the id of a competition session, as in the next. */
export type GateSearch = { session?: string | undefined };

export function parseGateSearch(raw: Record<string, unknown>): GateSearch {
  return { session: idOf(raw["session"]) };
}

/** Written out, so that an address needs no schema. */
export const incidentStates = ["open", "done", "explained"] as const satisfies readonly Incident["state"][];

export type IncidentsSearch = GateSearch & { state?: Incident["state"] | undefined };

export function parseIncidentsSearch(raw: Record<string, unknown>): IncidentsSearch {
  return { ...parseGateSearch(raw), state: incidentStates.find((known) => known === raw["state"]) };
}

/** The tablet whose code is on the screen: whoever reloads the page goes on with it. */
export type EnrolSearch = { tablet?: string | undefined };

export function parseEnrolSearch(raw: Record<string, unknown>): EnrolSearch {
  return { tablet: idOf(raw["tablet"]) };
}

function parseListSearch(raw: Record<string, unknown>): ListSearch {
  // The router reads `?search=100` as a number.
  const search = typeof raw["search"] === "number" ? String(raw["search"]) : raw["search"];
  const page = Number(raw["page"]);
  return {
    search: typeof search === "string" && search !== "" ? search.slice(0, 80) : undefined,
    page: Number.isInteger(page) && page > 1 && page < 100_000 ? page : undefined,
  };
}
