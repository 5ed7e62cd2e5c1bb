let registered = false;

/**
 * Has the app's service worker fetch what the app needs without a network. In development Vite's files change too often to
 * be kept.
 */
export function registerWorker(): void {
  if (registered || !import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  registered = true;
  const base = import.meta.env.BASE_URL;
  // Without the slash: people type the address without it, and the server allows that.
  const scope = base === "/" ? base : base.slice(0, -1);
  // A browser that refuses (private window) has the app with a network only.
  navigator.serviceWorker.register(`${base}service-worker.js`, { scope, updateViaCache: "none" }).catch(() => {
    registered = false;
  });
}
