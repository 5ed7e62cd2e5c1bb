import type { HttpBindings } from "@hono/node-server";
import type { Audience } from "@tessera/contracts";

/** What the middlewares leave for the handlers, and Node's own request and response beside them. */
export type HttpEnvironment = {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** The apps that are served by the name that the request was sent to. */
    audiences: readonly Audience[];
  };
};
