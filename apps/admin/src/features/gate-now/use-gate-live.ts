import type { GateLive } from "@tessera/contracts";
import { useRefreshAuth, useSubscription, useTRPC } from "@tessera/ui";
import { useEffect, useEffectEvent, useState } from "react";

/** A connection that ended for good is tried anew after this. */
const againMs = 5_000;

export type LiveState = "live" | "connecting" | "stopped";

type Live = {
  readonly data: GateLive | undefined;
  readonly state: LiveState;
  readonly reconnect: () => void;
};

/** Counts and open incidents of one competition session as they change, and whether they still do. */
export function useGateLive(competitionSessionId: string): Live {
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  // Kept by ourselves: beginning anew forgets it, and old figures that are said to be old are better than none.
  const [data, setData] = useState<GateLive>();
  const { status, reset } = useSubscription(
    trpc.admin.gate.live.subscriptionOptions({ competitionSessionId }, { onData: setData }),
  );
  const begin = useEffectEvent(() => {
    // Whoever was signed out meanwhile is shown the door by what stands around the page.
    void refreshAuth();
    reset();
  });
  useEffect(() => {
    if (status !== "error" && status !== "idle") return undefined;
    const timer = setTimeout(begin, againMs);
    return () => clearTimeout(timer);
  }, [status]);
  return {
    data,
    state: status === "pending" ? "live" : status === "connecting" ? "connecting" : "stopped",
    reconnect: reset,
  };
}
