import type { ListPart, ListPartInput } from "@tessera/contracts";
import { fromBase64url, type ReadListPart, uuidFromBytes } from "@tessera/pass";
import { type KnownList, knowList } from "./known-list.ts";
import { mergeParts, partsToMerge } from "./list-compaction.ts";
import { ListIndex } from "./list-index.ts";
import { ListNames } from "./list-names.ts";
import {
  type KeptList,
  type KeptPart,
  type ListProgress,
  partChange,
  partKey,
  partsOf,
  progressChanges,
  progressWith,
  readKeptList,
  withoutNames,
} from "./list-store.ts";
import type { ListTrust } from "./list-trust.ts";
import type { Change, DeviceClock, NamesVault, Store } from "./ports.ts";
import type { ServerClock } from "./server-clock.ts";
import { type Judged, judgePart, type ListProblem } from "./take-list.ts";
import { within } from "./within.ts";

const patienceMs = 30_000;
const intervalMs = 5000;

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

/** How many tickets of a list are there, of how many; null where that is not known. */
export type ListLoading = { readonly tickets: number; readonly of: number | null };

/** What became of a part, and how far the list has come then. `kept`: the tickets that it brought. */
type Taken = { readonly judged: Judged; readonly kept: KeptPart | null; readonly after: ListProgress };

/** Keeps one competition session's list, in memory and in the store, and fetches what is new every five seconds. */
export class ListKeeper {
  readonly #options: ListKeeperOptions;
  readonly #names: ListNames;
  #progress: ListProgress;
  #index: ListIndex;
  /** The tickets of a fresh list of which pages are still to come. */
  #freshIndex: ListIndex;
  #current: KnownList | null = null;
  #loading: ListLoading | null = null;
  /** Names were lost that only a fresh list brings back. */
  #wantsFresh = false;
  #fetching: Promise<void> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #cancelNext = (): void => {};

  /** Use `openListKeeper`. */
  constructor(options: ListKeeperOptions, { progress, listParts, freshParts }: KeptList) {
    this.#options = options;
    this.#names = new ListNames(options.store);
    this.#progress = progress;
    this.#index = new ListIndex(listParts);
    this.#freshIndex = new ListIndex(freshParts);
    this.#know();
    options.closed.addEventListener("abort", () => this.#cancelNext());
  }

  /** Null until the first whole list is there. Another object as soon as anything in it has changed. */
  get current(): KnownList | null {
    return this.#current;
  }

  /** How far the first list has come; null before anything of it is there, and once all is. Another object with each page. */
  get loading(): ListLoading | null {
    return this.#loading;
  }

  /** Fetches all that is new now, as after a sleep; settles when that has worked or not. */
  refresh(): Promise<void> {
    if (this.#options.closed.aborted) return Promise.resolve();
    this.#fetching ??= this.#fetchAll().finally(() => {
      this.#fetching = null;
      this.#planNext();
    });
    return this.#fetching;
  }

  /** Names are open from now on (a vault), or locked (null). */
  useNames(vault: NamesVault | null): Promise<void> {
    return this.#alone(async () => {
      if (vault === null) this.#names.lock();
      else if (!(await this.#names.unlock(vault, partsOf(this.#progress)))) this.#wantsFresh = true;
      this.#know();
    });
  }

  /** The last shift is over: forgets every name, also on disk. The next vault has a fresh list fetched. */
  forgetNames(): Promise<void> {
    return this.#alone(async () => {
      await this.#names.forget(partsOf(this.#progress));
      this.#know();
    });
  }

  async #fetchAll(): Promise<void> {
    const { onFetched, closed } = this.#options;
    try {
      while ((await this.#fetchOne()) && !closed.aborted);
    } catch {
      onFetched({ came: true, problem: "not_kept" });
    }
  }

  /** Whether there is more to fetch at once. */
  async #fetchOne(): Promise<boolean> {
    const { clock, fetch, closed, onFetched, serverClock } = this.#options;
    const askedAtMs = clock.monotonicMs();
    const signed = await within(clock, patienceMs, closed, (signal) => fetch(this.#nextInput(), signal));
    if (signed === null) {
      onFetched({ came: false, problem: null });
      return false;
    }
    const judged = await this.#alone(() => this.#take(signed));
    if (judged.ok) serverClock.learn(Date.parse(signed.answeredAt), askedAtMs);
    onFetched({ came: true, problem: judged.ok ? null : judged.problem });
    // A fresh list of several pages does not know what has changed in the earlier ones.
    return judged.ok && (judged.part.more || (judged.part.page?.index ?? 0) > 0);
  }

  #nextInput(): ListPartInput {
    const { competitionSessionId, trust } = this.#options;
    const { list, fresh } = this.#progress;
    const above = trust.trusted?.newest[competitionSessionId] ?? 0;
    if (fresh === null) {
      const cursor = this.#wantsFresh ? null : (list?.cursor ?? null);
      return { competitionSessionId, cursor, after: null, above };
    }
    const after = { first: fresh.first, index: fresh.pages, ticketId: uuidFromBytes(fromBase64url(fresh.lastId)) };
    return { competitionSessionId, cursor: null, after, above };
  }

  async #take(signed: ListPart): Promise<Judged> {
    const { competitionSessionId, trust, serverClock, store } = this.#options;
    const before = this.#progress;
    const nowMs = serverClock.inDoubt() ? null : serverClock.nowMs();
    const { judged, kept, after } = await trust.change<Taken>(async (trusted) => {
      const found = await judgePart(signed, { competitionSessionId, trusted, progress: before, nowMs });
      // Pages that none follows are no list: the next try begins with the first one.
      if (!found.ok) return { result: { judged: found, kept: null, after: { ...before, fresh: null } }, change: null };
      const { part } = found;
      const added = part.tickets.id.length === 0 ? null : { key: partKey(before), part: withoutNames(part) };
      const next = progressWith(before, part, added?.key ?? null, signed.total);
      const changes = [...progressChanges(before, next), ...(await this.#changesFor(added, part.tickets.holderName))];
      return { result: { judged: found, kept: added, after: next }, change: { trusted: found.trusted, changes } };
    });
    if (judged.ok) this.#put(judged.part, kept);
    else if (before.fresh !== null) await store.write(progressChanges(before, after));
    this.#progress = after;
    await this.#merge();
    this.#names.retain(new Set(partsOf(this.#progress)));
    this.#know();
    return judged;
  }

  async #changesFor(kept: KeptPart | null, names: readonly string[]): Promise<readonly Change[]> {
    return kept === null ? [] : [partChange(kept.key, kept.part), ...(await this.#names.keep(kept.key, names))];
  }

  /** Puts what a part brought where it belongs: what changed into the list, a page beside it until all are there. */
  #put({ page, more }: ReadListPart, kept: KeptPart | null): void {
    if (page?.index === 0) this.#freshIndex = new ListIndex();
    const index = page === null ? this.#index : this.#freshIndex;
    if (kept !== null) index.add(kept);
    if (page === null || more) return;
    this.#index = this.#freshIndex;
    this.#freshIndex = new ListIndex();
    this.#wantsFresh = false;
  }

  /** Puts parts together when they are many, as far as their names are at hand. */
  async #merge(): Promise<void> {
    const { list, nextPart } = this.#progress;
    if (list === null) return;
    const { inMemory } = this.#names;
    const keys = partsToMerge(
      this.#index,
      list.parts.filter((key) => inMemory(key) !== null),
    );
    if (keys.size === 0) return;
    const merged: KeptPart[] = [];
    const changes: Change[] = [];
    for (const { part, names } of mergeParts(this.#index, keys, inMemory)) {
      const kept = { key: partKey({ ...this.#progress, nextPart: nextPart + merged.length }), part };
      merged.push(kept);
      changes.push(...(await this.#changesFor(kept, names)));
    }
    const parts = [...list.parts.filter((key) => !keys.has(key)), ...merged.map(({ key }) => key)];
    const after = { ...this.#progress, list: { ...list, parts }, nextPart: nextPart + merged.length };
    await this.#options.store.write([...progressChanges(this.#progress, after), ...changes]);
    this.#index.replace(keys, merged);
    this.#progress = after;
  }

  #know(): void {
    const { list, fresh } = this.#progress;
    const isFirst = list === null && fresh !== null;
    this.#loading = isFirst ? { tickets: this.#freshIndex.size, of: fresh.total } : null;
    this.#current = list === null ? null : knowList(list.head, this.#index, this.#names.of);
  }

  /** What reads and writes how far the list has come does so one after the other. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #planNext(): void {
    this.#cancelNext();
    const { clock, closed } = this.#options;
    if (!closed.aborted) this.#cancelNext = clock.after(intervalMs, () => void this.refresh());
  }
}

/** Opens what is kept of a competition session's list, and begins to fetch what is new. */
export async function openListKeeper(options: ListKeeperOptions): Promise<ListKeeper> {
  const keeper = new ListKeeper(options, await readKeptList(options.store, options.competitionSessionId));
  if (options.names !== null) await keeper.useNames(options.names);
  void keeper.refresh();
  return keeper;
}
