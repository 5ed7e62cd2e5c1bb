import type { Gate, ScannerReport, ScannerStanding } from "@tessera/contracts";
import type { Sign } from "@tessera/pass";
import { CheckIns } from "./check-ins.ts";
import { Contact } from "./contact.ts";
import type { Crew, Supervisor } from "./crew.ts";
import { claim, forgetEnrolment, type Identity, identityAfter, signerOf, writeIdentity } from "./identity.ts";
import type { Journal } from "./journal.ts";
import { clockKeeper } from "./kept-clock.ts";
import type { ListKeeper } from "./list-keeper.ts";
import { forgetTrust, type ListTrust } from "./list-trust.ts";
import { Scanner } from "./scanner.ts";
import { createServerClock, type ServerClock } from "./server-clock.ts";
import { comingNext, TabletLists } from "./tablet-lists.ts";
import { personOf, type Person, reportOf, stateOf, type TabletOptions, type TabletState } from "./tablet-state.ts";
import type { ListProblem } from "./take-list.ts";
import { Uploads } from "./uploads.ts";
import { within } from "./within.ts";

const patienceMs = 10_000;

/** A tablet without its screen: what it is, who works with it, its lists, its journal. One for each device. */
export class Tablet {
  readonly #options: TabletOptions;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #contact = new Contact();
  readonly #lists: TabletLists;
  readonly #crew: Crew;
  readonly #journal: Journal;
  readonly #serverClock: ServerClock;
  readonly #keepClock: () => Promise<void>;
  #trust: ListTrust;
  #identity: Identity | null;
  #outcome: "refused" | "expired" | null = null;
  #ended: Pick<Person, "displayName" | "endsAt"> | null = null;
  #uploads: Uploads | null = null;
  #state: TabletState;
  readonly #checkIns: CheckIns;

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
    this.#keepClock = clockKeeper(options.store, this.#serverClock, kept.offsetMs);
    this.#lists = new TabletLists({
      ...options,
      serverClock: this.#serverClock,
      contact: this.#contact,
      closed: this.#closing.signal,
      onChange: () => this.#changed(true),
    });
    this.#checkIns = new CheckIns({
      clock: options.clock,
      closed: this.#closing.signal,
      isWanted: () => this.#identity !== null,
      isEager: () => this.#identity?.state === "claimed" || !this.#contact.connected,
      work: () => this.#checkIn(),
    });
    this.#state = this.#look();
    this.#contact.subscribe(() => this.#changed());
    this.#journal.subscribe(() => this.#changed());
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

  /** Asks to be enrolled with a code; throws what the server says. */
  async claim(code: string): Promise<void> {
    const { store, office } = this.#options;
    this.#identity = await claim(code, { store, trust: this.#trust, office });
    this.#outcome = null;
    this.start();
    this.#changed();
  }

  /** Forgets the enrolment and everything that came with it, the journal too. */
  async forget(): Promise<void> {
    await this.#wipe();
    await forgetEnrolment(this.#options.store);
    this.#identity = null;
    this.#changed();
  }

  /** Begins a shift of whoever is signed in, who is unlocked then. Throws what the server says. */
  async begin(pin: string): Promise<void> {
    const shift = await this.#options.office.beginShift();
    await this.#crew.begin(shift, pin);
    this.#ended = null;
    await this.#lists.useNames(this.#crew.vault);
    this.#changed();
  }

  /** Tries somebody's PIN: null when it was right, otherwise the tries that are left. */
  async unlock(shiftId: string, pin: string): Promise<number | null> {
    const left = await this.#crew.unlock(shiftId, pin);
    if (left === null) await this.#lists.useNames(this.#crew.vault);
    this.#changed();
    return left;
  }

  lock(): void {
    this.#crew.lock();
    void this.#lists.useNames(this.#crew.vault);
    this.#changed();
  }

  /** Ends a shift here at once, and at the server as soon as that answers. */
  async endShift(shiftId: string): Promise<void> {
    await this.#end([shiftId]);
    void this.checkIn();
  }

  /** Gates of the venue of one competition session that the tablet knows, its own among them. */
  gatesOf(competitionSessionId: string): readonly Gate[] {
    return this.#lists.gatesOf(competitionSessionId, this.#identity?.assignment?.gate);
  }

  /** The list of a competition session, opened if it was not; it keeps itself up to date from then on. */
  openList(competitionSessionId: string): Promise<ListKeeper> {
    return this.#lists.open(competitionSessionId, this.#trust, () => this.#crew.vault);
  }

  /** Why the newest part of a list that came was not taken; null when it was. */
  listProblem(competitionSessionId: string): ListProblem | null {
    return this.#lists.problem(competitionSessionId);
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
      atWork: this.#crew.atWork(this.#shiftsMs),
    });
  }

  /** Supervisors and admins with an open shift here, and how many overrides each has left. */
  supervisors(): readonly Supervisor[] {
    return this.#crew.supervisors(this.#shiftsMs(), (shiftId) => this.#journal.overridesIn(shiftId));
  }

  /** Tells the server how the tablet is, and hears what it is for; settles when that has worked or not. */
  checkIn(): Promise<void> {
    return this.#checkIns.now();
  }

  /** As after a sleep: asks for everything that may be new. */
  async refresh(): Promise<void> {
    await Promise.all([this.checkIn(), this.#lists.refresh()]);
  }

  close(): void {
    this.#closing.abort();
    this.#listeners.clear();
  }

  /** Begins to speak with the server. Again, whenever there is more to say. */
  start(): void {
    const identity = this.#identity;
    if (identity === null) return;
    if (this.#uploads === null && identity.state === "enrolled") {
      const { clock, transport } = this.#options;
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
    const sessions = identity.state === "enrolled" ? (identity.assignment?.competitionSessions ?? []) : [];
    for (const id of comingNext(sessions, this.nowMs())) void this.openList(id);
  }

  async #checkIn(): Promise<void> {
    const { clock, transport } = this.#options;
    // Also without the server: a supervisor may have set the clock right.
    await this.#keepClock();
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
    await this.#crew.tellEnded((shiftId) => this.#within(() => this.#options.office.endShift({ shiftId })));
    void this.#uploads?.now();
    await this.#journal.prune(this.nowMs());
    await this.#keepClock();
    // It may be by this answer alone that the tablet knows how late it is.
    await this.#clearOver();
    this.#changed();
  }

  async #within(work: () => Promise<unknown>): Promise<boolean> {
    const done = await within(this.#options.clock, patienceMs, this.#closing.signal, () => work().then(() => true));
    return done === true;
  }

  async #take(standing: ScannerStanding): Promise<void> {
    if (this.#identity === null) return;
    const next = identityAfter(this.#identity, standing);
    if (next === this.#identity) return;
    const { state } = standing;
    // First of all, so that nothing stays where the app is killed meanwhile.
    if (state === "revoked") await this.#wipe();
    await writeIdentity(this.#options.store, next);
    this.#identity = next;
    if (state === "refused" || state === "expired") this.#outcome = state;
    else this.start();
  }

  #report(): ScannerReport | null {
    if (this.#identity?.state !== "enrolled") return null;
    return reportOf(this.#options.device(), this.#journal.queued, this.#lists.oldestMs(), this.#serverClock);
  }

  /** What shifts end by, unix milliseconds: by a clock that nobody vouches for none does, since nobody could begin another. */
  readonly #shiftsMs = (): number => (this.#serverClock.inDoubt() ? -Infinity : this.nowMs());

  async #clearOver(): Promise<void> {
    const over = this.#crew.overAt(this.#shiftsMs());
    const last = over.at(-1)?.shift;
    if (last === undefined) return;
    await this.#end(over.map(({ shift }) => shift.id));
    if (this.#crew.at(this.#shiftsMs()).length > 0) return;
    this.#ended = { displayName: last.displayName, endsAt: last.endsAt };
  }

  async #end(shiftIds: readonly string[]): Promise<void> {
    if (await this.#crew.end(shiftIds)) await this.#lists.forgetNames();
    else await this.#lists.useNames(this.#crew.vault);
    this.#changed();
  }

  /** Lists and names go; what was written down stays for a supervisor. */
  async #wipe(): Promise<void> {
    const { store } = this.#options;
    await this.#crew.end(this.#crew.at(-Infinity).map(({ shift }) => shift.id));
    await this.#lists.forgetNames();
    this.#trust = await forgetTrust(store, this.#trust);
    this.#lists.clear();
  }

  #look(): TabletState {
    const [{ connected }, { queued }] = [this.#contact, this.#journal];
    return stateOf(this.#identity, { outcome: this.#outcome, ended: this.#ended, connected, queued }, () => {
      const people = this.#crew.at(this.#shiftsMs()).map(personOf);
      const unlocked = people.find(({ shiftId }) => shiftId === this.#crew.unlocked?.shift.id) ?? null;
      return { people, unlocked };
    });
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
