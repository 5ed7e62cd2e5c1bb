import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { CrashState, LoadingState } from "@tessera/ui";
import { NotFoundPage } from "./routes/not-found.tsx";
import { RootLayout } from "./routes/root.tsx";

const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage });

const sessionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./routes/sessions.tsx"), "SessionsPage"),
});

const gatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/$competitionSessionId",
  component: lazyRouteComponent(() => import("./routes/gates.tsx"), "GatesPage"),
});

const scanRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/$competitionSessionId/$gateId",
  component: lazyRouteComponent(() => import("./routes/scan.tsx"), "ScanPage"),
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
    sessionsRoute,
    accountRoute,
    gatesRoute,
    scanRoute,
    linkRoute,
    forgottenPasswordRoute,
  ]),
  basepath: "/scanner",
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
