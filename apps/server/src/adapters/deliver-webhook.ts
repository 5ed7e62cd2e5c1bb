import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { DeliverWebhook } from "./demo-payments.ts";

const patienceMs = 10_000;

/**
 * Posts webhooks to this process itself, over its own port.
 *
 * @param server.origin where we listen; asked for each time, since the port may only be known once we do
 * @param server.certificate the self-signed certificate to trust, under HTTPS
 */
export function deliverTo(server: { origin: () => string; certificate: string | undefined }): DeliverWebhook {
  return (path, body, headers) =>
    new Promise((resolve, reject) => {
      const url = new URL(path, server.origin());
      const options = {
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        // No connection is kept: one that waits would hold up the end of the process.
        agent: false,
        timeout: patienceMs,
      };
      const sent =
        server.certificate === undefined
          ? requestHttp(url, options)
          : requestHttps(url, { ...options, ca: server.certificate });
      sent.on("response", (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 500));
      });
      sent.on("timeout", () => sent.destroy(new Error("the webhook was not answered in time")));
      sent.on("error", reject);
      sent.end(body);
    });
}
