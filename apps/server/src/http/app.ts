import { codedErrorOf, type CoreContext } from "@tessera/core";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { DemoMailbox } from "../adapters/demo-mailbox.ts";
import type { Payments } from "../adapters/payments.ts";
import type { DemoAccount } from "../demo/accounts.ts";
import type { Logger } from "../log.ts";
import { answerError } from "./answer-error.ts";
import { mostBodyBytes } from "./body-limit.ts";
import { calendarRoute } from "./calendar.ts";
import type { HttpEnvironment } from "./environment.ts";
import { healthRoutes } from "./health.ts";
import { onlyAt, type Origins, ownAppOnly, ownHostOnly } from "./hosts.ts";
import { demoCodesRoute } from "./pages/demo-codes-page.ts";
import { styleSheet, styleSheetPath } from "./pages/layout.ts";
import { mailboxRoutes } from "./pages/mailbox-page.ts";
import { payRoutes } from "./pages/pay-page.ts";
import { requestLog } from "./request-log.ts";
import { sameOriginOnly } from "./same-origin.ts";
import { securityHeaders } from "./security-headers.ts";
import { trpcEndpoint, trpcHandler } from "./trpc.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Answers with an app's page or one of its files. */
export type AnswerApps = (c: Context<HttpEnvironment>) => Promise<Response>;

export type AppParts = {
  core: CoreContext;
  payments: Payments;
  log: Logger;
  apps: AnswerApps;
  checkDatabase: () => Promise<void>;
  /** Aborted when the server begins to stop: it ends what would go on for ever. */
  stopping: AbortSignal;
  /** Whether visitors reach us over TLS. */
  secure: boolean;
  /** Whether their browsers trust the certificate. */
  strictTransport: boolean;
  /** Where browsers find each app; undefined: here, by whatever name of this machine. */
  origins: Origins | undefined;
  /** How many proxies of ours stand before us, and so which address of `X-Forwarded-For` is the client's. */
  trustedProxies: number;
  /** The names and addresses by which this machine may be called, besides localhost. */
  ownHosts: () => readonly string[];
  /** Empty unless in demo mode. */
  demoAccounts: readonly DemoAccount[];
  /** Undefined unless in demo mode. */
  demoMailbox: DemoMailbox | undefined;
};

/** Everything that the server answers, in the order in which it is looked at. */
export function createApp(parts: AppParts): Hono<HttpEnvironment> {
  const { core, payments, log, secure, origins, ownHosts, strictTransport, demoAccounts, demoMailbox } = parts;
  const app = new Hono<HttpEnvironment>();

  app.use(requestLog(log));
  app.use(securityHeaders({ strictTransport }));
  app.use(
    bodyLimit({
      maxSize: mostBodyBytes,
      onError: (c: Context<HttpEnvironment>) => answerError(c, 413, "invalid_input"),
    }),
  );

  app.route("/", healthRoutes(parts));
  app.route("/webhooks", webhookRoutes(parts));

  // Probes and providers reach us by whatever name they have.
  app.use(ownHostOnly({ origins, ownHosts }));
  app.use(sameOriginOnly({ origins, endpoint: trpcEndpoint }));
  app.all(`${trpcEndpoint}/*`, trpcHandler(parts));
  app.get(styleSheetPath, (c) => c.body(styleSheet, 200, { "content-type": "text/css", "cache-control": "no-cache" }));
  for (const path of ["/pay/*", "/orders/*"]) app.use(path, onlyAt("shop"));
  if (payments.name === "demo") app.route("/pay/demo", payRoutes({ core, payments, log }));
  app.route("/orders", calendarRoute({ core, secure }));
  if (demoAccounts.length > 0) app.route("/demo", demoCodesRoute(demoAccounts, core.clock));
  if (demoMailbox !== undefined) app.route("/demo", mailboxRoutes(demoMailbox));

  app.get("*", ownAppOnly, (c) => parts.apps(c));
  app.notFound((c) => answerError(c, 404, "not_found"));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    log.error({ requestId: c.get("requestId"), path: c.req.path, err: error }, "request failed");
    return codedErrorOf(error)?.code === "unavailable"
      ? answerError(c, 503, "unavailable")
      : answerError(c, 500, "internal");
  });
  return app;
}
