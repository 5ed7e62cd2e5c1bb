import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { LoadingState } from "@tessera/ui";
import { parseTogether } from "./features/hand-over/together.ts";
import { parseFilter } from "./features/programme/programme.ts";
import { NotFoundPage } from "./routes/not-found.tsx";
import { RootLayout } from "./routes/root.tsx";
import { RouteProblem } from "./routes/route-problem.tsx";

const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage });

const programmeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: parseFilter,
  component: lazyRouteComponent(() => import("./routes/programme.tsx"), "ProgrammePage"),
});

const competitionSessionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sessions/$code",
  component: lazyRouteComponent(() => import("./routes/competition-session.tsx"), "CompetitionSessionPage"),
});

const basketRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/basket",
  component: lazyRouteComponent(() => import("./routes/basket.tsx"), "BasketPage"),
});

const ordersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/orders",
  component: lazyRouteComponent(() => import("./routes/orders.tsx"), "OrdersPage"),
});

const orderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/orders/$orderId",
  component: lazyRouteComponent(() => import("./routes/order.tsx"), "OrderPage"),
});

const ticketsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tickets",
  component: lazyRouteComponent(() => import("./routes/tickets.tsx"), "TicketsPage"),
});

const ticketRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tickets/$ticketId",
  component: lazyRouteComponent(() => import("./routes/ticket.tsx"), "TicketPage"),
});

const handOversRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/hand-overs",
  component: lazyRouteComponent(() => import("./routes/hand-overs.tsx"), "HandOversPage"),
});

const companionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/companions",
  validateSearch: parseTogether,
  component: lazyRouteComponent(() => import("./routes/companions.tsx"), "CompanionsPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account",
  component: lazyRouteComponent(() => import("./routes/account.tsx"), "AccountPage"),
});

const accountDeletedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/deleted",
  component: lazyRouteComponent(() => import("./routes/account-deleted.tsx"), "AccountDeletedPage"),
});

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/register",
  component: lazyRouteComponent(() => import("./routes/register.tsx"), "RegisterPage"),
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
    programmeRoute,
    competitionSessionRoute,
    basketRoute,
    ordersRoute,
    orderRoute,
    ticketsRoute,
    ticketRoute,
    handOversRoute,
    companionsRoute,
    accountRoute,
    accountDeletedRoute,
    registerRoute,
    linkRoute,
    forgottenPasswordRoute,
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: RouteProblem,
  defaultPendingComponent: LoadingState,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
