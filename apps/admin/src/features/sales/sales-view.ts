import { keepPreviousData } from "@tanstack/react-query";
import type { SalesSearch, SalesSort } from "../../shared/addresses.ts";

export const salesPageSize = 25;

export type SalesViewProps = { readonly view: SalesSearch; readonly onPage: (page: number) => void };

/** Sales are looked at while they happen; a page that nobody looks at asks for nothing. */
export const stayingLive = { placeholderData: keepPreviousData, refetchInterval: 5_000 };

type SalesQuery = { search: string; sort: SalesSort; page: number; pageSize: number };

/** What the table shows. */
export function pageOf({ search = "", sort = "amount", page = 1 }: SalesSearch): SalesQuery {
  return { search, sort, page, pageSize: salesPageSize };
}

/** The ten with the highest revenue, whatever the table's own order. */
export function topOf({ search = "" }: SalesSearch): SalesQuery {
  return { search, sort: "amount", page: 1, pageSize: 10 };
}
