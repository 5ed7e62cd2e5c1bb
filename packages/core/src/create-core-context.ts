import { createCatalogueCache } from "./catalogue/catalogue-cache.ts";
import type { CoreContext, CoreDependencies } from "./context.ts";
import { createReservations } from "./sales/reserve-seats.ts";

/** The business, ready to be used: one for each node, made by its composition root. */
export function createCoreContext(dependencies: CoreDependencies): CoreContext {
  return {
    ...dependencies,
    catalogue: createCatalogueCache(dependencies),
    reservations: createReservations(dependencies),
  };
}
