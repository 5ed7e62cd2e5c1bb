import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { CrashState, LoadingState } from "@tessera/ui";
import { NotFoundPage } from "./routes/not-found.tsx";
import { RootLayout } from "./routes/root.tsx";
import {
  parseCapacitySearch,
  parseEnrolSearch,
  parseGateSearch,
  parseIncidentsSearch,
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
  component: lazyRouteComponent(() => import("./routes/overview.tsx"), "HomePage"),
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

const gateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/gate",
  validateSearch: parseGateSearch,
  component: lazyRouteComponent(() => import("./routes/gate.tsx"), "GatePage"),
});

const incidentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/gate/incidents",
  validateSearch: parseIncidentsSearch,
  component: lazyRouteComponent(() => import("./routes/incidents.tsx"), "IncidentsPage"),
});

const incidentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/gate/incidents/$incidentId",
  component: lazyRouteComponent(() => import("./routes/incident.tsx"), "IncidentPage"),
});

const tabletsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/gate/tablets",
  component: lazyRouteComponent(() => import("./routes/tablets.tsx"), "TabletsPage"),
});

const enrolTabletRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/gate/tablets/new",
  validateSearch: parseEnrolSearch,
  component: lazyRouteComponent(() => import("./routes/tablet-new.tsx"), "EnrolTabletPage"),
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
    gateRoute,
    incidentsRoute,
    incidentRoute,
    tabletsRoute,
    enrolTabletRoute,
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
