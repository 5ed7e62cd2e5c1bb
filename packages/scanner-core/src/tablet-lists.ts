import type { CompetitionSessionSummary, Gate } from "@tessera/contracts";
import type { Contact } from "./contact.ts";
import { type ListKeeper, openListKeeper } from "./list-keeper.ts";
import type { ListTrust } from "./list-trust.ts";
import type { NamesVault } from "./ports.ts";
import type { ServerClock } from "./server-clock.ts";
import type { TabletOptions } from "./tablet-state.ts";
import type { ListProblem } from "./take-list.ts";

type ListsOptions = Pick<TabletOptions, "store" | "clock" | "transport"> & {
  readonly serverClock: ServerClock;
  readonly contact: Contact;
  readonly closed: AbortSignal;
  /** A list is another one, or was not taken. */
  readonly onChange: () => void;
};

/** The lists of a tablet, one for each competition session that it was opened for. */
export class TabletLists {
  readonly #options: ListsOptions;
  readonly #opening = new Map<string, Promise<ListKeeper>>();
  readonly #opened = new Map<string, ListKeeper>();
  readonly #problems = new Map<string, ListProblem>();

  constructor(options: ListsOptions) {
    this.#options = options;
  }

  /** The list of a competition session, opened if it was not; it keeps itself up to date from then on. */
  async open(competitionSessionId: string, trust: ListTrust, names: () => NamesVault | null): Promise<ListKeeper> {
    const { contact, onChange, transport, ...rest } = this.#options;
    const opening =
      this.#opening.get(competitionSessionId) ??
      openListKeeper({
        ...rest,
        competitionSessionId,
        trust,
        names: null,
        fetch: transport.listPart,
        onFetched: ({ came, problem }) => {
          if (came) contact.heard();
          else contact.missed();
          if (problem !== null) this.#problems.set(competitionSessionId, problem);
          else if (came) this.#problems.delete(competitionSessionId);
          onChange();
        },
      });
    this.#opening.set(competitionSessionId, opening);
    const keeper = await opening;
    if (!this.#opened.has(competitionSessionId)) {
      this.#opened.set(competitionSessionId, keeper);
      // Somebody may have unlocked the tablet meanwhile.
      await keeper.useNames(names());
    }
    return keeper;
  }

  /** Why the newest part of a list that came was not taken; null when it was. */
  problem(competitionSessionId: string): ListProblem | null {
    return this.#problems.get(competitionSessionId) ?? null;
  }

  /** @param own the gate that the tablet is for: it is there though no list may say so */
  gatesOf(competitionSessionId: string, own: Gate | undefined): readonly Gate[] {
    const listed = this.#opened.get(competitionSessionId)?.current?.gates ?? [];
    return own === undefined || listed.some(({ id }) => id === own.id) ? listed : [own, ...listed];
  }

  /** When the oldest of the lists was made, unix milliseconds; null while there is none. */
  oldestMs(): number | null {
    const made = [...this.#opened.values()].flatMap(({ current }) => current?.madeAtMs ?? []);
    return made.length === 0 ? null : Math.min(...made);
  }

  async useNames(vault: NamesVault | null): Promise<void> {
    for (const keeper of this.#opened.values()) {
      await keeper.useNames(vault);
      // Names that were lost come with a fresh list.
      if (vault !== null) void keeper.refresh();
    }
  }

  async forgetNames(): Promise<void> {
    for (const keeper of this.#opened.values()) await keeper.forgetNames();
  }

  async refresh(): Promise<void> {
    await Promise.all([...this.#opened.values()].map((keeper) => keeper.refresh()));
  }

  /** What was opened is no list of this tablet any more. */
  clear(): void {
    this.#opening.clear();
    this.#opened.clear();
    this.#problems.clear();
  }
}

/** Lists of so many competition sessions are fetched before anybody opens their gate. */
const keptReady = 3;

/** The competition sessions that come next, or are on, by their ids: their lists are at hand before anybody asks. */
export function comingNext(sessions: readonly CompetitionSessionSummary[], nowMs: number): readonly string[] {
  return sessions
    .filter(({ endsAt }) => Date.parse(endsAt) > nowMs)
    .toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
    .slice(0, keptReady)
    .map(({ id }) => id);
}
