import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { AuthState, Ticket } from "@tessera/contracts";
import type { KeptTickets } from "./ticket-database.ts";

/** Where tickets are kept; the browser's database, but for tests. */
export type TicketStore = {
  readonly read: () => Promise<KeptTickets | undefined>;
  readonly write: (kept: KeptTickets) => Promise<void>;
  /** Forgets tickets and passes; the keys stay. */
  readonly leaveKeysOnly: () => Promise<void>;
  readonly empty: () => Promise<void>;
  readonly dropOldKeys: () => Promise<void>;
};

/** Under which keys the page has its answers. */
export type KeptQueries = { readonly me: QueryKey; readonly mine: QueryKey; readonly deviceKeys: QueryKey };

export type TicketKeeper = {
  /**
   * The owner has gone: nothing that is about them stays on this device, and of their tickets only the keys, so that they
   * get the same passes again. Not even those where they are gone for good.
   */
  readonly forget: (how: { readonly forGood: boolean }) => Promise<void>;
  readonly stop: () => void;
};

/**
 * Keeps what the server says of somebody's tickets on this device, and gives it to a page that begins: it shows them at
 * once, and goes on asking, so that what the server says takes its place. Whoever signs in with another account finds
 * nothing of the one before.
 *
 * @param onKept called whenever there are tickets that were kept
 */
export function keepTickets(
  queryClient: QueryClient,
  queries: KeptQueries,
  store: TicketStore,
  onKept: () => void,
): TicketKeeper {
  let owner: string | null = null;
  let last: Promise<void> = Promise.resolve();
  /** One after the other, since a page asks faster than a disk writes. */
  const then = (work: () => Promise<void>): Promise<void> => {
    // A browser that keeps nothing (private window) shows tickets with a network only.
    last = last.then(work).catch(() => {});
    return last;
  };
  const whoIsHere = (): AuthState | undefined => queryClient.getQueryData(queries.me);

  const take = async (away: () => Promise<void>): Promise<void> => {
    await away();
    await queryClient.resetQueries({ queryKey: queries.deviceKeys });
  };
  const forget: TicketKeeper["forget"] = ({ forGood }) => {
    owner = null;
    // What is still on its way was asked for by who has gone, perhaps in another tab.
    void queryClient.cancelQueries({ queryKey: queries.mine });
    void queryClient.cancelQueries({ queryKey: queries.me });
    return then(() => take(forGood ? store.empty : store.leaveKeysOnly));
  };

  const restore = async (): Promise<void> => {
    const kept = await store.read();
    if (kept === undefined) return;
    const { auth, tickets, readAtMs } = kept;
    const here = whoIsHere();
    if (here !== undefined && here.state !== "signed_out" && here.account.id !== auth.account.id) {
      return take(store.leaveKeysOnly);
    }
    owner = auth.account.id;
    const asOf = { updatedAt: readAtMs };
    if (here === undefined) queryClient.setQueryData<AuthState>(queries.me, auth, asOf);
    if (here?.state === "signed_out" || queryClient.getQueryData(queries.mine) !== undefined) return;
    queryClient.setQueryData<Ticket[]>(queries.mine, tickets, asOf);
  };

  const cache = queryClient.getQueryCache();
  const isFor = (hash: string, key: QueryKey): boolean => cache.find({ queryKey: key })?.queryHash === hash;
  const stop = cache.subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success" || event.action.manual === true) return;
    const { queryHash, state } = event.query;
    const here = whoIsHere();
    if (isFor(queryHash, queries.me) && here !== undefined && here.state !== "signed_out") {
      if (owner === null || owner === here.account.id) return;
      void queryClient.resetQueries({ queryKey: queries.mine, exact: true });
      void forget({ forGood: false });
    } else if (isFor(queryHash, queries.mine) && here?.state === "signed_in") {
      const tickets = queryClient.getQueryData<Ticket[]>(queries.mine) ?? [];
      owner = here.account.id;
      void then(() => store.write({ auth: here, tickets, readAtMs: state.dataUpdatedAt }));
      if (tickets.length > 0) onKept();
    }
  });

  void then(restore);
  void then(store.dropOldKeys);
  return { forget, stop };
}
