import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Audience } from "@tessera/contracts";
import type { Context } from "hono";
import type { HttpEnvironment } from "./environment.ts";
import { noncePlaceholder, withNoncePlaceholder } from "./nonce.ts";
import { appPolicy, permissionsPolicy } from "./security-headers.ts";
import { SharedBody } from "./shared-body.ts";

/** One app as Vite built it, in memory: no path of a request ever reaches the file system. */
export type StaticApp = { audience: Audience; basePath: string; files: ReadonlyMap<string, SharedBody>; page: string };

/** Where each app is. The shop comes last, since everything is below its path. */
export const appPaths: readonly { audience: Audience; basePath: string }[] = [
  { audience: "admin", basePath: "/admin/" },
  { audience: "scanner", basePath: "/scanner/" },
  { audience: "shop", basePath: "/" },
];

const bestBrotli = 10;

const contentTypes: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Reads the built apps. One that is not built is left out. */
export async function loadStaticApps(appsFolder: string): Promise<StaticApp[]> {
  const loaded = await Promise.all(appPaths.map((app) => loadApp(path.join(appsFolder, app.audience, "dist"), app)));
  return loaded.filter((app) => app !== undefined);
}

async function loadApp(
  folder: string,
  { audience, basePath }: (typeof appPaths)[number],
): Promise<StaticApp | undefined> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, SharedBody>();
  for (const entry of names.filter((name) => name.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const url = basePath + path.relative(folder, file).split(path.sep).join("/");
    const type = contentTypes[path.extname(file).toLowerCase()] ?? "application/octet-stream";
    files.set(url, new SharedBody(await readFile(file), type, bestBrotli));
  }
  const index = files.get(`${basePath}index.html`);
  files.delete(`${basePath}index.html`);
  return index && { audience, basePath, files, page: withNoncePlaceholder(index.bytes.toString("utf8")) };
}

/** Which app a path belongs to. `/admin` is as good as `/admin/`. */
export function appOf<App extends { basePath: string }>(apps: readonly App[], requestPath: string): App | undefined {
  return apps.find(({ basePath }) => `${requestPath}/`.startsWith(basePath));
}

/**
 * Answers with a file of an app, or with its page: the app itself finds out what is at the path. What looks like a file
 * and is none is 404, so that a missing script is never answered with a page.
 */
export async function answerStatic(apps: readonly StaticApp[], c: Context<HttpEnvironment>): Promise<Response> {
  const app = appOf(apps, c.req.path);
  if (app === undefined || app.audience !== appOf(appPaths, c.req.path)?.audience) {
    return c.text("This app is not built. Run: pnpm build\n", 503);
  }
  const file = app.files.get(c.req.path);
  if (file !== undefined) {
    return file.answer(c.req.raw, {
      "cache-control": c.req.path.startsWith(`${app.basePath}assets/`)
        ? "public, max-age=31536000, immutable"
        : "no-cache",
      "content-security-policy": appPolicy({ wasm: app.audience === "scanner" }),
      // A worker of `/scanner/` answers for `/scanner` as well, which is what people type.
      "service-worker-allowed": app.basePath.replace(/(?<=.)\/$/, ""),
    });
  }
  if (/\/assets\/|\.[^/]*$/.test(c.req.path)) return c.text("Not found\n", 404);
  return answerPage(c, app.audience, app.page);
}

/** An app's page with a nonce of its own, and so never kept by anybody. */
export function answerPage(
  c: Context<HttpEnvironment>,
  audience: Audience,
  page: string,
  { dev = false }: { dev?: boolean } = {},
): Response {
  const nonce = randomBytes(16).toString("base64url");
  const isScanner = audience === "scanner";
  c.header("Cache-Control", "no-store");
  c.header("Content-Security-Policy", appPolicy({ nonce, wasm: isScanner, dev }));
  c.header("Permissions-Policy", permissionsPolicy({ camera: isScanner }));
  return c.html(page.replaceAll(noncePlaceholder, nonce));
}
