import { useSyncExternalStore } from "react";

/** Chromium's event, which is in no standard: the browser would put this page on the home screen if asked to. */
type Offer = Event & { readonly prompt: () => Promise<unknown> };

let offer: Offer | null = null;
const watchers = new Set<() => void>();

function change(next: Offer | null): void {
  offer = next;
  for (const onChange of watchers) onChange();
}

function isOffer(event: Event): event is Offer {
  return "prompt" in event;
}

/** Keeps the browser's offer to install the shop for the place where it is of use. Once, at the start. */
export function awaitInstallation(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    if (!isOffer(event)) return;
    event.preventDefault();
    change(event);
  });
  window.addEventListener("appinstalled", () => change(null));
}

/** Asks to be installed; null where the browser does not offer that, or it is done. */
export function useInstallation(): (() => void) | null {
  const current = useSyncExternalStore(watch, () => offer);
  if (current === null) return null;
  return () => {
    // One offer asks once.
    change(null);
    void current.prompt();
  };
}

function watch(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}
