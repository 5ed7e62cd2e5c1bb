import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { CrashState, LoadingState } from "@tessera/ui";
import { NotFoundPage } from "./routes/not-found.tsx";
import { RootLayout } from "./routes/root.tsx";
import {
  parseCapacitySearch,
  parseJournalSearch,
  parseOffersSearch,
  parseOrdersSearch,
  parseSalesSearch,
  parseStaffSearch,
} from "./shared/addresses.ts";

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

const salesSettingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sales/settings",
  component: lazyRouteComponent(() => import("./routes/sales-settings.tsx"), "SalesSettingsPage"),
});

const capacityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/capacity",
  validateSearch: parseCapacitySearch,
  component: lazyRouteComponent(() => import("./routes/capacity.tsx"), "CapacityPage"),
});

const competitionSessionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/competition-sessions/$competitionSessionId",
  component: lazyRouteComponent(() => import("./routes/competition-session.tsx"), "CompetitionSessionPage"),
});

const ordersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/orders",
  validateSearch: parseOrdersSearch,
  component: lazyRouteComponent(() => import("./routes/orders.tsx"), "OrdersPage"),
});

const orderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/orders/$orderId",
  component: lazyRouteComponent(() => import("./routes/order.tsx"), "OrderPage"),
});

const staffRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/staff",
  validateSearch: parseStaffSearch,
  component: lazyRouteComponent(() => import("./routes/staff.tsx"), "StaffPage"),
});

const journalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/journal",
  validateSearch: parseJournalSearch,
  component: lazyRouteComponent(() => import("./routes/journal.tsx"), "JournalPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account",
  component: lazyRouteComponent(() => import("./routes/account.tsx"), "AccountPage"),
});

const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/link/$kind",
  component: lazyRouteComponent(() => import("./routes/link.tsx"), "MailedLinkPage"),
});

const forgottenPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/forgotten-password",
  component: lazyRouteComponent(() => import("./routes/forgotten-password.tsx"), "ForgottenPasswordPage"),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    overviewRoute,
    offersRoute,
    newOfferRoute,
    offerRoute,
    capacityRoute,
    salesRoute,
    salesSettingsRoute,
    competitionSessionRoute,
    ordersRoute,
    orderRoute,
    staffRoute,
    journalRoute,
    accountRoute,
    linkRoute,
    forgottenPasswordRoute,
  ]),
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
