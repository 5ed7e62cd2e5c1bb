import { order as orderOutput } from "@tessera/contracts";
import { CodedError, type CoreContext, readAuthStanding, readOrder } from "@tessera/core";
import { Hono } from "hono";
import { z } from "zod";
import { answerError } from "./answer-error.ts";
import { readAuthToken } from "./cookies.ts";
import type { HttpEnvironment } from "./environment.ts";

/** The competition sessions of an order as a calendar file, for the visitor who is signed in to the shop. */
export function calendarRoute({ core, secure }: { core: CoreContext; secure: boolean }) {
  return new Hono<HttpEnvironment>().get("/:orderId/calendar.ics", async (c) => {
    const orderId = c.req.param("orderId");
    const token = readAuthToken((name) => c.req.header(name), "shop", secure) ?? null;
    const { standing } = await readAuthStanding(core, { token, audience: "shop" });
    if (standing.state === "signed_out") return answerError(c, 401, "not_signed_in");
    if (standing.state !== "signed_in") return answerError(c, 401, "second_factor_required");
    if (!z.uuid().safeParse(orderId).success) return answerError(c, 404, "not_found");
    try {
      const order = orderOutput.parse(await readOrder(core, standing.actor, { orderId }));
      const { orderCalendar } = await import("@tessera/documents");
      const { fileName, contentType, text } = orderCalendar(order, standing.account.locale);
      return c.body(text, 200, {
        "content-type": contentType,
        "content-disposition": `attachment; filename="${fileName}"`,
      });
    } catch (error) {
      if (error instanceof CodedError && error.code === "not_found") return answerError(c, 404, "not_found");
      throw error;
    }
  });
}
