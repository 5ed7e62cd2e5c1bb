declare const self: ServiceWorkerGlobalScope;

/** The build puts it here: see build/offline-worker.ts. */
declare const OFFLINE_BUILD: {
  readonly version: string;
  /** The path of the app's page. */
  readonly page: string;
  readonly entry: string;
  readonly files: readonly string[];
};

type OfflineApp = {
  /** Apps of one origin share their caches: each finds its own by this name. */
  readonly name: string;
  /** Whether a path is for this app's page to answer. */
  readonly isPage: (path: string) => boolean;
  /** How long the network may take to answer with a page, milliseconds: it is often there and does not answer. */
  readonly patienceMs: number;
};

/** The whole of an app's service worker. */
export function serveOffline({ name, isPage, patienceMs }: OfflineApp): void {
  const { version, page, entry, files } = OFFLINE_BUILD;
  const prefix = `${name}-`;
  const ownCache = prefix + version;

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(forgetOlderBuilds()));
  self.addEventListener("fetch", (event) => {
    const { method, mode, url } = event.request;
    const { origin, pathname } = new URL(url);
    if (method !== "GET" || origin !== self.location.origin) return;
    if (mode === "navigate") {
      if (isPage(pathname)) event.respondWith(openPage(event.request));
    } else if (pathname.startsWith(`${page}assets/`)) event.respondWith(openFile(event.request));
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
    const builds = (await caches.keys()).filter((cache) => cache.startsWith(prefix) && cache !== ownCache);
    await Promise.all(builds.slice(0, -1).map((cache) => caches.delete(cache)));
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
}
