import { isShopPage } from "./shop-paths.ts";

declare const self: ServiceWorkerGlobalScope;
/** The build puts it here: see build/offline-worker.ts. */
declare const OFFLINE_BUILD: { readonly version: string; readonly entry: string; readonly files: readonly string[] };

const prefix = "shop-";
const { version, entry, files } = OFFLINE_BUILD;
const ownCache = prefix + version;
const page = "/";

/** In a stadium the network is often there and does not answer. */
const patienceMs = 2000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlderBuilds()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (mode === "navigate") {
    if (isShopPage(pathname)) event.respondWith(openPage(event.request));
  } else if (pathname.startsWith("/assets/")) event.respondWith(openFile(event.request));
});

/**
 * Keeps one whole build, or nothing. The page is kept as the server answered, headers and all: the nonce of its policy
 * stands in both. It takes over at once, which no open page notices: files have the hash of what they hold in their
 * names, and those of the build before are still there.
 */
async function install(): Promise<void> {
  try {
    const answer = await fetch(page, { cache: "no-store" });
    const isOfThisBuild = answer.ok && (await answer.clone().text()).includes(`"${entry}"`);
    // Servers are updated one after the other; the browser tries again at the next visit.
    if (!isOfThisBuild) throw new Error("the page is of another build");
    const cache = await caches.open(ownCache);
    await cache.addAll(files);
    await cache.put(page, answer);
  } catch (error) {
    await caches.delete(ownCache);
    throw error;
  }
  await self.skipWaiting();
}

/** All but this build and the one before, which a page that is open may still be of. */
async function forgetOlderBuilds(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== ownCache);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
}

/** From the server, and so always of the newest build; from the cache where that does not answer in time, or cannot. */
async function openPage(request: Request): Promise<Response> {
  const fromNetwork = fetch(request);
  const waiting = Promise.withResolvers<null>();
  const timer = setTimeout(() => waiting.resolve(null), patienceMs);
  const answer = await Promise.race([fromNetwork.catch(() => null), waiting.promise]);
  clearTimeout(timer);
  if (answer !== null && answer.status < 500) return answer;
  return (await caches.match(page, { cacheName: ownCache })) ?? fromNetwork;
}

async function openFile(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
