import type { OfferKind } from "@tessera/contracts";
import type { EarlierScan, ListEntry } from "./policy.ts";

/** One ticket of a list: what `decide` takes, and what a person is told about it. */
export type ListedTicket = {
  readonly entry: ListEntry;
  /** Ten characters of Crockford's base32; so is the order's. */
  readonly reference: string;
  readonly order: string;
  /** Null while names are locked. */
  readonly holderName: string | null;
  readonly kind: OfferKind;
  readonly name: { readonly fr: string; readonly en: string } | null;
  /** The first entry and the newest passage, as far as there are any; `gate` is the gate's id. */
  readonly passages: readonly EarlierScan[];
};
