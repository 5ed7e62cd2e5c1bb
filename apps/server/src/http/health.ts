import { Hono } from "hono";
import { within } from "../deadline.ts";
import type { Logger } from "../log.ts";
import type { HttpEnvironment } from "./environment.ts";

const patienceMs = 2_000;

/**
 * `/healthz`: the process lives. `/readyz`: it can do its work, or somebody else should be asked.
 *
 * @param options.checkDatabase rejects when the database does not answer
 */
export function healthRoutes({ checkDatabase, log }: { checkDatabase: () => Promise<void>; log: Logger }) {
  return new Hono<HttpEnvironment>()
    .get("/healthz", (c) => c.json({ status: "alive" }))
    .get("/readyz", async (c) => {
      try {
        await within(patienceMs, checkDatabase());
        return c.json({ status: "ready" });
      } catch (error) {
        log.warn({ requestId: c.get("requestId"), err: error }, "database does not answer");
        return c.json({ status: "unavailable" }, 503);
      }
    });
}
