import type { CompetitionSessionSummary, Gate, ScannerReport, ScannerStanding, Shift } from "@tessera/contracts";
import type { Sign } from "@tessera/pass";
import { Contact } from "./contact.ts";
import { type Crew, crewTables, type Member, openCrew } from "./crew.ts";
import { claim, type Identity, identityTable, readIdentity, signerOf, writeIdentity } from "./identity.ts";
import { type Journal, journalTable, openJournal } from "./journal.ts";
import { type ListKeeper, openListKeeper } from "./list-keeper.ts";
import { listTables } from "./list-tables.ts";
import { type ListTrust, openListTrust } from "./list-trust.ts";
import type { DeviceClock, Office, Store, Transport } from "./ports.ts";
import { Scanner } from "./scanner.ts";
import { createServerClock, type ServerClock } from "./server-clock.ts";
import type { ListProblem } from "./take-list.ts";
import { Uploads } from "./uploads.ts";
import { within } from "./within.ts";

/** Somebody who works with the tablet. `mustSignIn`: the PIN was tried too often, and opens nothing any more. */
export type Person = Pick<Shift, "displayName" | "role" | "endsAt"> & {
  readonly shiftId: string;
  readonly mustSignIn: boolean;
};

/** A tablet that two people have compared and confirmed. */
export type EnrolledState = {
  readonly phase: "enrolled";
  readonly name: string;
  readonly gate: Gate;
  readonly competitionSessions: readonly CompetitionSessionSummary[];
  /** Whose shifts are open. */
  readonly people: readonly Person[];
  /** Who works with it now; null while it is locked. */
  readonly unlocked: Person | null;
  /** Whose shift has just ended by time, where nobody is at work any more. */
  readonly ended: Pick<Person, "displayName" | "endsAt"> | null;
  readonly connected: boolean;
  /** Records that only this tablet has. */
  readonly queued: number;
};

/** What has become of this device. */
export type TabletState =
  /** No tablet. `outcome`: what became of the code before, if it came to nothing. */
  | { readonly phase: "new"; readonly outcome: "refused" | "expired" | null }
  /** Two people compare what both screens say. */
  | { readonly phase: "claimed"; readonly comparison: string; readonly connected: boolean }
  | { readonly phase: "revoked"; readonly queued: number }
  | EnrolledState;

export type TabletOptions = {
  readonly store: Store;
  readonly clock: DeviceClock;
  readonly transport: Transport;
  readonly office: Office;
  /** What the device says of itself. */
  readonly device: () => Pick<ScannerReport, "battery" | "charging" | "appVersion">;
};

/** What is known of one competition session's list. */
export type ListStanding = { readonly keeper: ListKeeper; readonly problem: ListProblem | null };

const checkInMs = 15_000;
/** While two people wait for it, and while there is no contact. */
const eagerMs = 2000;
const patienceMs = 10_000;
/** Lists of so many competition sessions are fetched before anybody opens their gate. */
const keptReady = 3;

/** A tablet without its screen: what it is, who works with it, its lists, its journal. One for each device. */
export class Tablet {
  readonly #options: TabletOptions;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #contact = new Contact();
  readonly #lists = new Map<string, Promise<ListKeeper>>();
  readonly #opened = new Map<string, ListKeeper>();
  readonly #problems = new Map<string, ListProblem | null>();
  readonly #crew: Crew;
  readonly #journal: Journal;
  readonly #serverClock: ServerClock;
  #trust: ListTrust;
  #identity: Identity | null;
  #outcome: "refused" | "expired" | null = null;
  #ended: Pick<Person, "displayName" | "endsAt"> | null = null;
  #uploads: Uploads | null = null;
  #state: TabletState;
  #cancelNext = (): void => {};
  #checking: Promise<void> | null = null;

  /** Use `openTablet`. */
  constructor(
    options: TabletOptions,
    kept: { trust: ListTrust; identity: Identity | null; crew: Crew; journal: Journal; offsetMs: number },
  ) {
    this.#options = options;
    this.#trust = kept.trust;
    this.#identity = kept.identity;
    this.#crew = kept.crew;
    this.#journal = kept.journal;
    this.#serverClock = createServerClock(options.clock, kept.offsetMs);
    this.#state = this.#look();
    this.#contact.subscribe(() => this.#changed());
    this.#journal.subscribe(() => this.#changed());
  }

  /** Begins to speak with the server. */
  start(): void {
    this.#start();
  }

  /** The same object until something in it has changed. */
  readonly state = (): TabletState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The server's time as well as the tablet knows it, unix milliseconds. */
  readonly nowMs = (): number => this.#serverClock.nowMs();

  /** What signs the tablet's requests; null before it has a key that the server knows. */
  signer(): { readonly scannerId: string; readonly sign: Sign } | null {
    return this.#identity && { scannerId: this.#identity.scannerId, sign: signerOf(this.#identity) };
  }

  get journal(): Journal {
    return this.#journal;
  }

  get contact(): Contact {
    return this.#contact;
  }

  get serverClock(): ServerClock {
    return this.#serverClock;
  }

  /** Asks to be enrolled with a code. Throws what the server says. */
  async claim(code: string): Promise<void> {
    const { store, office } = this.#options;
    this.#identity = await claim(code, { store, trust: this.#trust, office });
    this.#outcome = null;
    this.#start();
    this.#changed();
  }

  /** Forgets the enrolment and everything that came with it, the journal too. */
  async forget(): Promise<void> {
    await this.#wipe();
    const entries = await this.#options.store.readAll(journalTable);
    const numbers = entries.flatMap((entry) => numberOf(entry) ?? []);
    await this.#options.store.write([
      ...numbers.map((number) => ({ table: journalTable, key: number, value: null })),
      { table: identityTable, key: "identity", value: null },
      { table: identityTable, key: "tried", value: null },
    ]);
    this.#identity = null;
    this.#changed();
  }

  /** Begins a shift of whoever is signed in, who is unlocked then. Throws what the server says. */
  async begin(pin: string): Promise<void> {
    const shift = await this.#options.office.beginShift();
    await this.#crew.begin(shift, pin);
    this.#ended = null;
    await this.#useNames();
    this.#changed();
  }

  /** Tries somebody's PIN: null when it was right, otherwise the tries that are left. */
  async unlock(shiftId: string, pin: string): Promise<number | null> {
    const left = await this.#crew.unlock(shiftId, pin);
    if (left === null) await this.#useNames();
    this.#changed();
    return left;
  }

  lock(): void {
    this.#crew.lock();
    void this.#useNames();
    this.#changed();
  }

  /** Ends a shift here at once, and at the server as soon as that answers. */
  async endShift(shiftId: string): Promise<void> {
    await this.#end([shiftId]);
    void this.checkIn();
  }

  /** Gates of the venue of one competition session that the tablet knows, its own among them. */
  gatesOf(competitionSessionId: string): readonly Gate[] {
    const own = this.#identity?.assignment?.gate;
    const listed = this.#opened.get(competitionSessionId)?.current?.gates ?? [];
    return own === undefined || listed.some(({ id }) => id === own.id) ? listed : [own, ...listed];
  }

  /** The list of a competition session, opened if it was not; it keeps itself up to date from then on. */
  async openList(competitionSessionId: string): Promise<ListKeeper> {
    const { store, clock, transport } = this.#options;
    const opening =
      this.#lists.get(competitionSessionId) ??
      openListKeeper({
        competitionSessionId,
        clock,
        store,
        trust: this.#trust,
        serverClock: this.#serverClock,
        names: this.#crew.vault,
        fetch: transport.listPart,
        closed: this.#closing.signal,
        onFetched: ({ came, problem }) => {
          if (came) this.#contact.heard();
          else this.#contact.missed();
          if (came) this.#problems.set(competitionSessionId, problem);
          this.#changed(true);
        },
      });
    this.#lists.set(competitionSessionId, opening);
    const keeper = await opening;
    this.#opened.set(competitionSessionId, keeper);
    return keeper;
  }

  /** Why the newest part of a list that came was not taken; null when it was. */
  listProblem(competitionSessionId: string): ListProblem | null {
    return this.#problems.get(competitionSessionId) ?? null;
  }

  /** The work at one gate. Close it when the gate is left. */
  async openScanner(competitionSessionId: string, gate: Gate): Promise<Scanner> {
    const keeper = await this.openList(competitionSessionId);
    const { clock, transport } = this.#options;
    return new Scanner({
      competitionSessionId,
      gate,
      clock,
      transport,
      serverClock: this.#serverClock,
      journal: this.#journal,
      contact: this.#contact,
      list: () => keeper.current,
      atWork: {
        shiftId: () => this.#crew.unlocked?.shift.id ?? null,
        authorise: async (shiftId, pin) => (await this.#crew.isPinOf(shiftId, pin)) && this.#isSupervisor(shiftId),
        overridesOf: (shiftId) => this.#member(shiftId)?.shift.overrides ?? 0,
      },
    });
  }

  /** Supervisors and admins with an open shift here, and how many overrides each has left. */
  supervisors(): readonly { readonly shiftId: string; readonly displayName: string; readonly overridesLeft: number }[] {
    return this.#crew
      .at(this.nowMs())
      .filter(({ shift }) => this.#isSupervisor(shift.id))
      .map(({ shift }) => ({
        shiftId: shift.id,
        displayName: shift.displayName,
        overridesLeft: Math.max(0, shift.overrides - this.#journal.overridesIn(shift.id)),
      }));
  }

  /** Tells the server how the tablet is, and hears what it is for; settles when that has worked or not. */
  checkIn(): Promise<void> {
    if (this.#identity === null || this.#closing.signal.aborted) return Promise.resolve();
    this.#checking ??= this.#checkIn().finally(() => {
      this.#checking = null;
      this.#planNext();
    });
    return this.#checking;
  }

  /** As after a sleep: asks for everything that may be new. */
  async refresh(): Promise<void> {
    await Promise.all([this.checkIn(), ...[...this.#opened.values()].map((keeper) => keeper.refresh())]);
  }

  close(): void {
    this.#closing.abort();
    this.#cancelNext();
    this.#listeners.clear();
  }

  #start(): void {
    const { clock, transport } = this.#options;
    const identity = this.#identity;
    if (identity === null) return;
    if (this.#uploads === null && identity.state === "enrolled") {
      this.#uploads = new Uploads({
        scannerId: identity.scannerId,
        journal: this.#journal,
        clock,
        transport,
        sign: signerOf(identity),
        closed: this.#closing.signal,
        onTried: (answered) => (answered ? this.#contact.heard() : this.#contact.missed()),
      });
    }
    void this.checkIn();
    this.#keepReady();
  }

  async #checkIn(): Promise<void> {
    const { clock, transport } = this.#options;
    await this.#clearOver();
    const askedAtMs = clock.monotonicMs();
    const report = this.#report();
    const standing = await within(clock, patienceMs, this.#closing.signal, (signal) =>
      transport.checkIn({ report }, signal),
    );
    if (standing === null) return this.#contact.missed();
    this.#serverClock.learn(Date.parse(standing.now), askedAtMs);
    this.#contact.heard();
    await this.#take(standing);
    await this.#tellEnded();
    void this.#uploads?.now();
    await this.#journal.prune(this.nowMs());
    const offsetMs = Math.round(this.#serverClock.offsetMs());
    await this.#options.store.write([{ table: identityTable, key: "clock", value: { offsetMs } }]);
    this.#changed();
  }

  async #take({ state, name, gate, competitionSessions }: ScannerStanding): Promise<void> {
    if (this.#identity === null) return;
    if (state === "refused" || state === "expired") {
      this.#outcome = state;
      this.#identity = null;
      return writeIdentity(this.#options.store, null);
    }
    const assignment = state === "enrolled" ? { name, gate, competitionSessions } : this.#identity.assignment;
    const next: Identity = { ...this.#identity, state, assignment };
    if (
      JSON.stringify([next.state, next.assignment]) ===
      JSON.stringify([this.#identity.state, this.#identity.assignment])
    )
      return;
    await writeIdentity(this.#options.store, next);
    this.#identity = next;
    if (state === "revoked") await this.#wipe();
    else this.#start();
  }

  #report(): ScannerReport | null {
    if (this.#identity?.state !== "enrolled") return null;
    const made = [...this.#opened.values()].flatMap(({ current }) => current?.madeAtMs ?? []);
    return {
      listMadeAt: made.length === 0 ? null : new Date(Math.min(...made)).toISOString(),
      queued: this.#journal.queued,
      clockOffsetMs: this.#serverClock.inDoubt() ? null : -Math.round(this.#serverClock.offsetMs()),
      ...this.#options.device(),
    };
  }

  /** Shifts that ended here while the server could not be told. */
  async #tellEnded(): Promise<void> {
    const { store, office } = this.#options;
    for (const ended of await store.readAll(crewTables.ended)) {
      const shiftId: unknown = Reflect.get(Object(ended), "shiftId");
      if (typeof shiftId !== "string") continue;
      const told = await office.endShift({ shiftId }).then(
        () => true,
        () => false,
      );
      if (told) await store.write([{ table: crewTables.ended, key: shiftId, value: null }]);
    }
  }

  async #clearOver(): Promise<void> {
    const over = this.#crew.overAt(this.nowMs());
    // By a clock that nobody vouches for no shift ends.
    if (over.length === 0 || this.#serverClock.inDoubt()) return;
    const last = over.at(-1)?.shift;
    await this.#end(over.map(({ shift }) => shift.id));
    if (last !== undefined && this.#crew.at(this.nowMs()).length === 0) {
      this.#ended = { displayName: last.displayName, endsAt: last.endsAt };
    }
  }

  async #end(shiftIds: readonly string[]): Promise<void> {
    const isLast = await this.#crew.end(shiftIds);
    if (isLast) for (const keeper of this.#opened.values()) await keeper.forgetNames();
    else await this.#useNames();
    this.#changed();
  }

  /** Lists and names go; what was written down stays for a supervisor. */
  async #wipe(): Promise<void> {
    const { store } = this.#options;
    await this.#crew.end(this.#crew.at(-Infinity).map(({ shift }) => shift.id));
    for (const keeper of this.#opened.values()) await keeper.forgetNames();
    const trusted = this.#trust.trusted;
    if (trusted !== null) await this.#trust.pin(trusted);
    await store.write([{ table: listTables.trust, key: "trusted", value: null }]);
    this.#trust = await openListTrust(store);
    this.#lists.clear();
    this.#opened.clear();
  }

  async #useNames(): Promise<void> {
    const { vault } = this.#crew;
    for (const keeper of this.#opened.values()) {
      await keeper.useNames(vault);
      // Names that were lost come with a fresh list.
      if (vault !== null) void keeper.refresh();
    }
  }

  /** The lists of what comes next are at hand before anybody asks. */
  #keepReady(): void {
    const sessions = this.#identity?.assignment?.competitionSessions ?? [];
    if (this.#identity?.state !== "enrolled") return;
    const nowMs = this.nowMs();
    const next = sessions
      .filter(({ endsAt }) => Date.parse(endsAt) > nowMs)
      .toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
    for (const { id } of next.slice(0, keptReady)) void this.openList(id);
  }

  #member(shiftId: string): Member | undefined {
    return this.#crew.at(this.nowMs()).find(({ shift }) => shift.id === shiftId);
  }

  #isSupervisor(shiftId: string): boolean {
    const role = this.#member(shiftId)?.shift.role;
    return role === "supervisor" || role === "admin";
  }

  #planNext(): void {
    this.#cancelNext();
    if (this.#closing.signal.aborted || this.#identity === null) return;
    const isEager = this.#identity.state === "claimed" || !this.#contact.connected;
    this.#cancelNext = this.#options.clock.after(isEager ? eagerMs : checkInMs, () => void this.checkIn());
  }

  #look(): TabletState {
    const identity = this.#identity;
    if (identity === null) return { phase: "new", outcome: this.#outcome };
    if (identity.state === "revoked") return { phase: "revoked", queued: this.#journal.queued };
    const { connected } = this.#contact;
    if (identity.assignment === null) return { phase: "claimed", comparison: identity.comparison, connected };
    const people = this.#crew.at(this.nowMs()).map(personOf);
    const unlocked = people.find(({ shiftId }) => shiftId === this.#crew.unlocked?.shift.id) ?? null;
    const { queued } = this.#journal;
    return { phase: "enrolled", ...identity.assignment, people, unlocked, ended: this.#ended, connected, queued };
  }

  /** @param always whoever looks at lists looks again */
  #changed(always = false): void {
    const next = this.#look();
    const isSame = JSON.stringify(next) === JSON.stringify(this.#state);
    if (isSame && !always) return;
    if (!isSame) this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}

const personOf = ({ shift, wrapped }: Member): Person => ({
  shiftId: shift.id,
  displayName: shift.displayName,
  role: shift.role,
  endsAt: shift.endsAt,
  mustSignIn: wrapped === null,
});

const numberOf = (entry: unknown): number | undefined => {
  const number: unknown = Reflect.get(Object(Reflect.get(Object(entry), "record")), "number");
  return typeof number === "number" ? number : undefined;
};

/** Opens the tablet that this device is, or may become. Throws where the store cannot be read. */
export async function openTablet(options: TabletOptions): Promise<Tablet> {
  const { store } = options;
  const [trust, identity, crew, journal, clock] = await Promise.all([
    openListTrust(store),
    readIdentity(store),
    openCrew(store),
    openJournal(store),
    store.read(identityTable, "clock"),
  ]);
  const offset: unknown = Reflect.get(Object(clock), "offsetMs");
  return new Tablet(options, { trust, identity, crew, journal, offsetMs: typeof offset === "number" ? offset : 0 });
}
