let registered = false;

/**
 * Has the service worker fetch what ticket pages need without a network. Only once there are tickets: the others, who
 * may be a million, have no use for it. In development Vite's files change too often to be kept.
 */
export function registerWorker(): void {
  if (registered || !import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  registered = true;
  // A browser that refuses (private window) shows tickets with a network only.
  navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => {
    registered = false;
  });
}
