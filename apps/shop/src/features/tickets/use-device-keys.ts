import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@tessera/ui";
import { useOnePress } from "../../shared/use-one-press.ts";
import { activateTickets } from "./activate-tickets.ts";
import type { DeviceKey } from "./device-keys.ts";
import { readDeviceKeys } from "./ticket-database.ts";

/** Under which the page has what this device holds. */
export const deviceKeysKey = ["device-keys"];

/** The keys and passes that this device holds, by ticket. */
export function useDeviceKeys(): UseQueryResult<ReadonlyMap<string, DeviceKey>> {
  return useQuery({
    queryKey: deviceKeysKey,
    queryFn: readDeviceKeys,
    networkMode: "always",
    // CryptoKeys and bytes are not to be compared and merged.
    structuralSharing: false,
  });
}

export type Activation = {
  readonly activate: (ticketIds: readonly string[]) => void;
  readonly pending: boolean;
  readonly error: unknown;
};

/** Activation on this device. */
export function useActivation(): Activation {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { mutateAsync, isPending, error } = useMutation({
    networkMode: "always",
    mutationFn: (ticketIds: readonly string[]) => activateTickets(client, ticketIds),
    // Also after a failure: the server may have done its part.
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: deviceKeysKey }),
        queryClient.invalidateQueries(trpc.tickets.tickets.mine.queryFilter()),
      ]),
  });
  return { activate: useOnePress(mutateAsync), pending: isPending, error };
}
