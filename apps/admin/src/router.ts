import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { CrashState, LoadingState } from "@tessera/ui";
import { NotFoundPage } from "./routes/not-found.tsx";
import { RootLayout } from "./routes/root.tsx";
import { parseOffersSearch, parseSalesSearch } from "./shared/addresses.ts";

const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage });

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./routes/overview.tsx"), "OverviewPage"),
});

const offersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/offers",
  validateSearch: parseOffersSearch,
  component: lazyRouteComponent(() => import("./routes/offers.tsx"), "OffersPage"),
});

const newOfferRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/offers/new",
  component: lazyRouteComponent(() => import("./routes/offer-new.tsx"), "NewOfferPage"),
});

const offerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/offers/$offerId",
  component: lazyRouteComponent(() => import("./routes/offer.tsx"), "OfferPage"),
});

const salesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sales",
  validateSearch: parseSalesSearch,
  component: lazyRouteComponent(() => import("./routes/sales.tsx"), "SalesPage"),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([overviewRoute, offersRoute, newOfferRoute, offerRoute, salesRoute]),
  basepath: "/admin",
  defaultPreload: "intent",
  defaultErrorComponent: CrashState,
  defaultPendingComponent: LoadingState,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
