import { createCatalogueCache } from "./catalogue/catalogue-cache.ts";
import type { CoreContext, CoreDependencies } from "./context.ts";
import { createGateReadings } from "./live/gate-readings.ts";
import { createReservations } from "./sales/reserve-seats.ts";
import { withPatience } from "./sales/with-patience.ts";

/** The business, ready to be used: one for each node, made by its composition root. */
export function createCoreContext(dependencies: CoreDependencies): CoreContext {
  return {
    ...dependencies,
    payments: withPatience(dependencies.payments),
    catalogue: createCatalogueCache(dependencies),
    reservations: createReservations(dependencies),
    gateReadings: createGateReadings(),
  };
}
