import { useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@tessera/ui";
import { useCallback, useState } from "react";
import {
  type ClockReading,
  momentNow,
  readingOf,
  rememberedReading,
  rememberReading,
  serverTimeAt,
} from "./server-clock.ts";

type ServerClock = {
  /** What the server's clock says, in milliseconds since 1970. */
  readonly now: () => number;
};

const readAgainMs = 10 * 60_000;

/** The server's clock on this device: read when it is first needed, when the page comes back into view, and from time to time. */
export function useServerClock(): ServerClock {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [remembered] = useState(rememberedReading);
  const { data: reading = remembered } = useQuery({
    queryKey: trpc.tickets.tickets.serverTime.queryKey(),
    queryFn: async (): Promise<ClockReading> => {
      const asked = momentNow();
      const { now } = await client.tickets.tickets.serverTime.query();
      const read = readingOf(Date.parse(now), asked, momentNow());
      rememberReading(read);
      return read;
    },
    refetchOnWindowFocus: "always",
    refetchInterval: readAgainMs,
    structuralSharing: false,
  });
  const now = useCallback(() => {
    const { wallMs, monotonicMs } = momentNow();
    return serverTimeAt(reading, wallMs, monotonicMs);
  }, [reading]);
  return { now };
}
