let registered = false;

/**
 * Has the app's service worker fetch what the app needs without a network. In development Vite's files change too often to
 * be kept.
 */
export function registerWorker(): void {
  if (registered || !import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  registered = true;
  // A browser that refuses (private window) has the app with a network only.
  navigator.serviceWorker
    .register(`${import.meta.env.BASE_URL}service-worker.js`, { updateViaCache: "none" })
    .catch(() => {
      registered = false;
    });
}
