import { useQueryClient } from "@tanstack/react-query";
import { registerWorker } from "@tessera/offline";
import { onOwnerGone, useTRPC } from "@tessera/ui";
import { useEffect } from "react";
import { keepTickets } from "./keep-tickets.ts";
import {
  dropOldKeys,
  emptyTicketDatabase,
  leaveKeysOnly,
  readKeptTickets,
  writeKeptTickets,
} from "./ticket-database.ts";
import { deviceKeysKey } from "./use-device-keys.ts";

const store = {
  read: readKeptTickets,
  write: writeKeptTickets,
  leaveKeysOnly,
  empty: emptyTicketDatabase,
  dropOldKeys,
};

/** Has tickets open without a network after one visit, for as long as their owner is signed in. Once in the shop. */
export function OfflineTickets(): null {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  useEffect(() => {
    const queries = {
      me: trpc.auth.accounts.me.queryKey(),
      mine: trpc.tickets.tickets.mine.queryKey({}),
      deviceKeys: deviceKeysKey,
    };
    const keeper = keepTickets(queryClient, queries, store, registerWorker);
    const stopListening = onOwnerGone((how) => void keeper.forget(how));
    return () => {
      stopListening();
      keeper.stop();
    };
  }, [trpc, queryClient]);
  return null;
}
