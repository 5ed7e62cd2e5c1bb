import type { HttpBindings } from "@hono/node-server";

/** What the middlewares leave for the handlers, and Node's own request and response beside them. */
export type HttpEnvironment = {
  Bindings: HttpBindings;
  Variables: { requestId: string };
};
