import type { Audience } from "@tessera/contracts";

/** Who is signed in may have changed, or has signed out on purpose. */
type AuthNews = "changed" | "signed out";

/** Tells this app's other tabs: they share the cookie. */
export function tellOtherTabs(app: Audience, news: AuthNews): void {
  const channel = open(app);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target: it is of one origin
  channel?.postMessage(news);
  channel?.close();
}

/** Listens for that; gives the way to stop. */
export function onOtherTab(app: Audience, listen: (news: AuthNews) => void): () => void {
  const channel = open(app);
  channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) =>
    listen(data === "signed out" ? "signed out" : "changed"),
  );
  return () => channel?.close();
}

function open(app: Audience): BroadcastChannel | null {
  return typeof BroadcastChannel === "function" ? new BroadcastChannel(`tessera.auth.${app}`) : null;
}
