import type { ListPart, ListPartInput } from "@tessera/contracts";
import type { KnownList } from "./known-list.ts";
import type { ListTrust } from "./list-trust.ts";
import type { DeviceClock, NamesVault, Store } from "./ports.ts";
import type { ServerClock } from "./server-clock.ts";
import type { ListProblem } from "./take-list.ts";

export type ListKeeperOptions = {
  readonly competitionSessionId: string;
  readonly clock: DeviceClock;
  readonly store: Store;
  /** One for the whole tablet: `openListTrust`. */
  readonly trust: ListTrust;
  readonly serverClock: Pick<ServerClock, "nowMs" | "inDoubt" | "learn">;
  /** Null while names are locked. */
  readonly names: NamesVault | null;
  readonly fetch: (input: ListPartInput, signal: AbortSignal) => Promise<ListPart>;
  readonly closed: AbortSignal;
  /** Called after each try: whether an answer came, and what was wrong with it. */
  readonly onFetched: (answer: { readonly came: boolean; readonly problem: ListProblem | null }) => void;
};

/** Keeps the newest list of one competition session. */
export type ListKeeper = {
  /** Null until the first whole list is there. */
  readonly current: KnownList | null;
  /** Fetches what is new now, as after a sleep; settles when that has worked or not. */
  readonly refresh: () => Promise<void>;
  /** Names are open from now on (a vault), or locked (null). */
  readonly useNames: (vault: NamesVault | null) => Promise<void>;
  /** The last shift is over: forgets every name, also on disk. */
  readonly forgetNames: () => Promise<void>;
};
