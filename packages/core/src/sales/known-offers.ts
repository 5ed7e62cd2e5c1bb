import type { OfferTerms } from "../catalogue/offer.ts";

/** Terms of offers that this node has read, for one version of the catalogue: they are right as long as it is. */
export type KnownOffers = {
  /** To be read from and added to by whoever has just read this version; what is added must have been read after it. */
  of(version: number): Map<string, OfferTerms>;
  /** As they were last. */
  latest(): ReadonlyMap<string, OfferTerms>;
};

export function createKnownOffers(): KnownOffers {
  let known: { version: number; offers: Map<string, OfferTerms> } = { version: -1, offers: new Map() };
  return {
    of(version) {
      // Whoever still reads for an older version adds to a map of their own.
      if (version < known.version) return new Map();
      if (version > known.version) known = { version, offers: new Map() };
      return known.offers;
    },
    latest: () => known.offers,
  };
}
