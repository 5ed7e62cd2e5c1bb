import type { AppRouter } from "@tessera/api";
import { httpSubscriptionLink, type TRPCLink } from "@trpc/client";

/** Waits for live events by the browser's own `EventSource`, which connects again by itself. */
export const eventSourceLink = (url: string): TRPCLink<AppRouter> =>
  httpSubscriptionLink<AppRouter, typeof EventSource>({ url });
