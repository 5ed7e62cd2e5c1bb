import type { Audience } from "@tessera/contracts";

/** Tells this app's other tabs that who is signed in may have changed: they share the cookie. */
export function tellOtherTabs(app: Audience): void {
  const channel = open(app);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target: it is of one origin
  channel?.postMessage("changed");
  channel?.close();
}

/** Listens for that; gives the way to stop. */
export function onOtherTab(app: Audience, listen: () => void): () => void {
  const channel = open(app);
  channel?.addEventListener("message", listen);
  return () => channel?.close();
}

function open(app: Audience): BroadcastChannel | null {
  return typeof BroadcastChannel === "function" ? new BroadcastChannel(`tessera.auth.${app}`) : null;
}
