import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import type { CoreContext } from "@tessera/core";
import type { Hono } from "hono";
import { pino } from "pino";
import { createDemoPayments, type DemoPayments } from "../adapters/demo-payments.ts";
import { type AppParts, createApp } from "../http/app.ts";
import type { HttpEnvironment } from "../http/environment.ts";

export type TestApp = {
  app: Hono<HttpEnvironment>;
  /** The test's core, with the demo's payments. */
  core: CoreContext;
  payments: DemoPayments;
  /** What the app is made of, for another framing of the same. */
  parts: AppParts;
  /** The log's lines so far. */
  logged: () => string;
};

/** The HTTP side over a test's core. The demo's payments take the place of the context's, and reach the app directly. */
export function testApp(ctx: CoreContext, overrides: Partial<AppParts> = {}): TestApp {
  const lines: string[] = [];
  const payments = createDemoPayments({
    db: ctx.db,
    clock: ctx.clock,
    deliver: async (path, body, headers) => (await app.request(path, { method: "POST", body, headers })).status,
  });
  const core = { ...ctx, payments };
  const parts: AppParts = {
    core,
    payments,
    log: pino({ level: "debug" }, { write: (line) => void lines.push(line) }),
    apps: async (c) => c.text("an app"),
    checkDatabase: async () => undefined,
    stopping: new AbortController().signal,
    secure: false,
    strictTransport: false,
    origins: undefined,
    ownHosts: () => [],
    trustedProxies: 0,
    demoAccounts: [],
    demoMailbox: undefined,
    ...overrides,
  };
  const app = createApp(parts);
  const { request } = app;
  // Without a listening server there is no connection either: each request gets one that leads nowhere.
  app.request = (input, init, env = nowhere(), context) => request(input, init, env, context);
  return { app, core, payments, parts, logged: () => lines.join("") };
}

function nowhere(): HttpBindings {
  const incoming = new IncomingMessage(new Socket());
  return { incoming, outgoing: new ServerResponse(incoming) };
}
