import type { Audience } from "@tessera/contracts";
import type { Context } from "hono";
import type { HttpEnvironment } from "./environment.ts";

/** A header's value by its name in lower case. */
export type HeaderOf = (name: string) => string | undefined;

/** What is known of a request before it is answered, however it is framed: every check takes this. */
export type RequestFacts = {
  header: HeaderOf;
  /** What it was sent to, as the URL standard writes it: with the port, if that is not the scheme's own. */
  host: string;
  /** The apps that are served by that name. */
  audiences: readonly Audience[];
  /** The other end of the connection. */
  remoteAddress: string;
};

/** Those of a request whose host was found to be ours before. */
export function factsOf(c: Context<HttpEnvironment>): RequestFacts {
  return {
    header: (name) => c.req.header(name),
    host: new URL(c.req.url).host,
    audiences: c.get("audiences"),
    remoteAddress: c.env.incoming.socket.remoteAddress ?? "",
  };
}
