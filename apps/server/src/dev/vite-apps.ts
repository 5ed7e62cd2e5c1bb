import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import path from "node:path";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { createServer, type ViteDevServer } from "vite";
import { ownNames } from "../adapters/local-network.ts";
import type { AnswerApps } from "../http/app.ts";
import type { HttpEnvironment } from "../http/environment.ts";
import { withNoncePlaceholder } from "../http/nonce.ts";
import { answerPage, appOf, appPaths } from "../http/static-apps.ts";

/**
 * The three apps from Vite, in this process and on this origin, with hot reload over the same port.
 *
 * @returns `answer` for the requests, `close` to stop watching files
 */
export async function startViteApps(
  appsFolder: string,
  server: Server,
): Promise<{ answer: AnswerApps; close: () => Promise<void> }> {
  const apps = await Promise.all(
    appPaths.map(async (app) => {
      const root = path.join(appsFolder, app.audience);
      const vite = await createServer({
        root,
        base: app.basePath,
        appType: "custom",
        // For the sockets of hot reload, which are opened past our own check. Addresses are always allowed.
        server: { middlewareMode: true, hmr: { server }, allowedHosts: ownNames() },
      });
      return { ...app, root, vite };
    }),
  );
  return {
    answer: async (c) => {
      const app = appOf(apps, c.req.path);
      if (app === undefined) return c.text("Not found\n", 404);
      if (await handledByVite(app.vite, c)) return RESPONSE_ALREADY_SENT;
      if (/\.[^/]*$/.test(c.req.path)) return c.text("Not found\n", 404);
      const source = await readFile(path.join(app.root, "index.html"), "utf8");
      const page = await app.vite.transformIndexHtml(c.req.path, source);
      return answerPage(c, app.audience, withNoncePlaceholder(page), { dev: true });
    },
    close: async () => {
      await Promise.all(apps.map(({ vite }) => vite.close()));
    },
  };
}

/** Vite answers for the files that it knows, on Node's own response, and passes on the rest. */
function handledByVite(vite: ViteDevServer, c: Context<HttpEnvironment>): Promise<boolean> {
  const { incoming, outgoing } = c.env;
  return new Promise((resolve, reject) => {
    outgoing.once("close", () => resolve(true));
    vite.middlewares.handle(incoming, outgoing, (error?: unknown) => {
      if (error === undefined) resolve(false);
      else reject(error instanceof Error ? error : new Error("Vite failed", { cause: error }));
    });
  });
}
