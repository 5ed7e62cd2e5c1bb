import { Hono } from "hono";
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

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("no answer in time")), milliseconds);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
