import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { CrashState, LoadingState } from "@tessera/ui";
import { HomePage } from "./routes/home.tsx";
import { NotFoundPage } from "./routes/not-found.tsx";
import { RootLayout } from "./routes/root.tsx";

const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage });

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: "/", component: HomePage });

const enrolRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/enrol",
  component: lazyRouteComponent(() => import("./routes/enrol.tsx"), "EnrolPage"),
});

const beginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/begin",
  component: lazyRouteComponent(() => import("./routes/begin.tsx"), "BeginPage"),
});

const scanRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/$competitionSessionId/$gateId",
  component: lazyRouteComponent(() => import("./routes/scan.tsx"), "ScanPage"),
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
  routeTree: rootRoute.addChildren([homeRoute, enrolRoute, beginRoute, scanRoute, linkRoute, forgottenPasswordRoute]),
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
