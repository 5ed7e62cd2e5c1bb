import { useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@tessera/ui";
import { clockNow, hearClock, momentNow } from "./device-clock.ts";
import { readingOf } from "./server-clock.ts";

type ServerClock = {
  /** What the server's clock says, in milliseconds since 1970. */
  readonly now: () => number;
};

const readAgainMs = 10 * 60_000;
const now = (): number => clockNow().serverMs;

/** The server's clock on this device: read when it is first needed, when the page comes back into view, and from time to time. */
export function useServerClock(): ServerClock {
  const trpc = useTRPC();
  const client = useTRPCClient();
  useQuery({
    queryKey: trpc.tickets.tickets.serverTime.queryKey(),
    queryFn: async () => {
      const asked = momentNow();
      const answer = await client.tickets.tickets.serverTime.query();
      hearClock(readingOf(Date.parse(answer.now), asked, momentNow()));
      return answer;
    },
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
    refetchInterval: readAgainMs,
  });
  return { now };
}
