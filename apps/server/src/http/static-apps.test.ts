import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpEnvironment } from "./environment.ts";
import { answerStatic, loadStaticApps } from "./static-apps.ts";

const script = `console.log(${JSON.stringify("tessera ".repeat(400))});`;
const page = (base: string): string =>
  `<!doctype html><html><head><script type="module" crossorigin src="${base}assets/index-abc123.js"></script>` +
  `<link rel="stylesheet" href="${base}assets/index-abc123.css"></head><body><div id="root"></div></body></html>`;

let folder: string;
let app: Hono<HttpEnvironment>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tessera-apps-"));
  for (const [name, base] of [
    ["shop", "/"],
    ["scanner", "/scanner/"],
  ] as const) {
    await mkdir(path.join(folder, name, "dist", "assets"), { recursive: true });
    await writeFile(path.join(folder, name, "dist", "index.html"), page(base));
    await writeFile(path.join(folder, name, "dist", "assets", "index-abc123.js"), script);
    await writeFile(path.join(folder, name, "dist", "manifest.webmanifest"), "{}");
    await writeFile(path.join(folder, name, "dist", "service-worker.js"), script);
  }
  await writeFile(path.join(folder, "secret.txt"), "secret");
  const apps = await loadStaticApps(folder);
  app = new Hono<HttpEnvironment>().get("*", (c) => answerStatic(apps, c));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a page", () => {
  it.each(["/", "/competition-sessions/ATH05", "/orders/0190/pay"])("is the shop's at %s", async (at) => {
    const response = await app.request(at);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('src="/assets/index-abc123.js"');
  });

  it.each(["/scanner", "/scanner/", "/scanner/shift"])("is the scanner's at %s", async (at) => {
    const response = await app.request(at);
    expect(await response.text()).toContain('src="/scanner/assets/index-abc123.js"');
    expect(response.headers.get("permissions-policy")).toContain("camera=(self)");
    expect(response.headers.get("content-security-policy")).toContain("'wasm-unsafe-eval'");
  });

  it("carries the nonce of its policy, another each time, and is never kept", async () => {
    const seen = new Set<string>();
    for (let time = 0; time < 3; time += 1) {
      const response = await app.request("/");
      const policy = response.headers.get("content-security-policy") ?? "";
      const nonce = /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? "";
      const text = await response.text();
      expect(text).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
      expect(text).toContain(`<script nonce="${nonce}" type="module"`);
      expect(text).toContain(`<link nonce="${nonce}" rel="stylesheet"`);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).not.toContain("unsafe-inline");
      expect(response.headers.get("cache-control")).toBe("no-store");
      seen.add(nonce);
    }
    expect(seen.size).toBe(3);
  });

  it("of the shop may neither use the camera nor compile WebAssembly", async () => {
    const response = await app.request("/");
    expect(response.headers.get("permissions-policy")).toContain("camera=()");
    expect(response.headers.get("content-security-policy")).not.toContain("wasm");
  });

  it("says what to do when its app is not built", async () => {
    const response = await app.request("/admin");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("pnpm build");
  });
});

describe("a file", () => {
  it("with a hash in its name is kept for ever, another is asked for again", async () => {
    const hashed = await app.request("/assets/index-abc123.js");
    expect(hashed.headers.get("content-type")).toContain("text/javascript");
    expect(hashed.headers.get("cache-control")).toContain("immutable");
    const manifest = await app.request("/scanner/manifest.webmanifest");
    expect(manifest.headers.get("cache-control")).toBe("no-cache");
  });

  it("that is a service worker is always the newest, and may ask this origin only", async () => {
    const worker = await app.request("/service-worker.js");
    expect(worker.headers.get("content-type")).toContain("text/javascript");
    expect(worker.headers.get("cache-control")).toBe("no-cache");
    const policy = worker.headers.get("content-security-policy");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toContain("nonce");
  });

  it.each([
    ["/service-worker.js", "/"],
    ["/scanner/service-worker.js", "/scanner"],
  ])("%s may answer for all below %s", async (at, scope) => {
    const worker = await app.request(at);
    expect(worker.headers.get("service-worker-allowed")).toBe(scope);
  });

  it("is sent compressed to who takes that, and not again to who has it", async () => {
    const headers = { "accept-encoding": "gzip, br" };
    const first = await app.request("/assets/index-abc123.js", { headers });
    expect(first.headers.get("content-encoding")).toBe("br");
    expect(brotliDecompressSync(Buffer.from(await first.arrayBuffer())).toString()).toBe(script);
    const etag = first.headers.get("etag") ?? "";
    const again = await app.request("/assets/index-abc123.js", { headers: { ...headers, "if-none-match": etag } });
    expect(again.status).toBe(304);
    const plain = await app.request("/assets/index-abc123.js", { headers: { "accept-encoding": "br;q=0" } });
    expect(plain.headers.has("content-encoding")).toBe(false);
    expect(await plain.text()).toBe(script);
  });

  it.each([
    "/assets/index-old999.js",
    "/scanner/assets/none",
    "/favicon.ico",
    "/index.html",
    "/../secret.txt",
    "/%2e%2e/secret.txt",
  ])("that is not there is no page: %s", async (at) => {
    const response = await app.request(at);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/secret|<html/);
  });
});
