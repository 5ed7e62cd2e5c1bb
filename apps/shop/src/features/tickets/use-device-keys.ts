import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { useTRPC, useTRPCClient } from "@tessera/ui";
import { useState } from "react";
import { useOnePress } from "../../shared/use-one-press.ts";
import { activateTickets } from "./activate-tickets.ts";
import { type DeviceKey, readDeviceKeys } from "./device-keys.ts";

const queryKey = ["device-keys"];

/** The keys and passes that this device holds, by ticket. */
export function useDeviceKeys(): UseQueryResult<ReadonlyMap<string, DeviceKey>> {
  return useQuery({
    queryKey,
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
  /** The second factor is asked for first; `goOn` once it is given. */
  readonly stepUp: { readonly asked: boolean; readonly goOn: () => void; readonly giveUp: () => void };
};

/** Activation on this device, with the second factor in between when the server wants it. */
export function useActivation(): Activation {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState<readonly string[] | null>(null);
  const { mutate, mutateAsync, isPending, error } = useMutation({
    networkMode: "always",
    mutationFn: (ticketIds: readonly string[]) => activateTickets(client, ticketIds),
    onError: (failure, ticketIds) => {
      if (apiErrorOf(failure).errorCode === "step_up_required") setWaiting(ticketIds);
    },
    // Also after a failure: the server may have done its part.
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey }),
        queryClient.invalidateQueries(trpc.tickets.tickets.mine.queryFilter()),
      ]),
  });
  return {
    activate: useOnePress(mutateAsync),
    pending: isPending,
    error: error !== null && apiErrorOf(error).errorCode === "step_up_required" ? null : error,
    stepUp: {
      asked: waiting !== null,
      goOn: () => {
        setWaiting(null);
        if (waiting !== null) mutate(waiting);
      },
      giveUp: () => setWaiting(null),
    },
  };
}
