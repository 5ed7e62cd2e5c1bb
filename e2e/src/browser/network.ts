import type { BrowserContext } from "playwright-core";

/** What a browser says of what it asks for without a network. */
export const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/;

/** The device has no network, and what tries all the same reaches nobody. */
export async function cutNetwork(context: BrowserContext): Promise<void> {
  await context.route("**", (route) => route.abort());
  await context.setOffline(true);
}

export async function restoreNetwork(context: BrowserContext): Promise<void> {
  await context.unroute("**");
  await context.setOffline(false);
}
