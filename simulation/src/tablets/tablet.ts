import type { Random } from "@tessera/chaos/random";
import type { Direction, Gate } from "@tessera/contracts";
import {
  type DeviceClock,
  type KnownList,
  type Office,
  openTablet,
  type Scanner,
  type ShownScan,
  type Store,
  type Tablet,
  type Transport,
} from "@tessera/scanner-core";
import type { TabletClock } from "../time/device-clock.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { type GateTablet, type LastWord, type Shown, TabletDied } from "../world/gate-tablet.ts";
import type { Disk } from "./disk.ts";
import type { Link } from "./link.ts";

export type SimulatedTabletOptions = {
  readonly id: string;
  readonly gate: Gate;
  readonly competitionSessionId: string;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly disk: Disk;
  readonly link: Link;
  readonly deviceClock: TabletClock;
  readonly transport: Transport;
  readonly office: Office;
  /** What is put between the app and its disk. */
  readonly tamper: (store: Store) => Store;
};

type Wait = (error: TabletDied) => void;
/** One life of the app, from its start to its death. */
type Life = { readonly tablet: Tablet; readonly scanner: Scanner; readonly supervisorShiftId: string };

const pin = "246810";
/** So many writes are one scan or two. */
const soonWrites = 8;

/** A tablet of the real app, without its screen: it dies, and is started again by the person at the gate. */
export class SimulatedTablet implements GateTablet {
  readonly #options: SimulatedTabletOptions;
  readonly #waiting = new Set<Wait>();
  #generation = 0;
  #isAlive = false;
  #isStolen = false;
  #life: Life | null = null;
  #list: () => KnownList | null = () => null;
  #clockIsAskedFor = false;
  #onReady = (): void => {};
  /** How often its app died. */
  deaths = 0;
  /** How often somebody set its clock by the codes of people. */
  clocksCorrected = 0;

  constructor(options: SimulatedTabletOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  get gateId(): string {
    return this.#options.gate.id;
  }

  get link(): Link {
    return this.#options.link;
  }

  get deviceClock(): TabletClock {
    return this.#options.deviceClock;
  }

  get isReady(): boolean {
    return this.#life !== null && this.#list() !== null;
  }

  get isOnline(): boolean {
    const state = this.#life?.tablet.state();
    return state?.phase === "enrolled" && state.connected;
  }

  /** Records that only it has; null while the app does not run. */
  get queued(): number | null {
    return this.#life?.tablet.journal.queued ?? null;
  }

  /** Records that the server would never take. */
  get refused(): number {
    return this.#life?.tablet.journal.refused ?? 0;
  }

  get list(): KnownList | null {
    return this.#list();
  }

  /** Whoever waits to work with it. */
  whenReady(callback: () => void): void {
    this.#onReady = callback;
  }

  /** The first start: enrolled by a code, and confirmed by somebody who compares both screens; then two shifts begin. */
  async enrol({ code, confirm }: { code: string; confirm: () => Promise<void> }): Promise<void> {
    const tablet = await this.#boot();
    await tablet.claim(code);
    await confirm();
    await tablet.checkIn();
    // The supervisor first: whoever begins last is at work.
    await tablet.begin(pin);
    await tablet.begin(pin);
    await this.#openGate(tablet);
  }

  scan(code: string, direction: Direction): Promise<Shown> {
    return this.#unlessItDies(async ({ scanner }) => {
      scanner.turn(direction);
      return shownOf(await scanner.scan(code, "camera"));
    });
  }

  search(reference: string, direction: Direction): Promise<Shown | null> {
    return this.#unlessItDies(async ({ scanner }) => {
      scanner.turn(direction);
      const [found] = scanner.search(reference);
      return found === undefined ? null : shownOf(await scanner.lookUp(found.entry.ticketId));
    });
  }

  get lastWord(): LastWord | null {
    return this.#life?.tablet.journal.lastWord ?? null;
  }

  decide(scan: number, admit: boolean): Promise<void> {
    return this.#unlessItDies(async ({ scanner }) => {
      if (!(await scanner.decide(scan, admit))) throw new Error("a decision could not be written");
    });
  }

  override(scan: number, admit: boolean): Promise<boolean> {
    return this.#unlessItDies(async ({ scanner, supervisorShiftId: shiftId }) => {
      const note = "looked at the order and the identity document";
      return (await scanner.override(scan, { shiftId, pin, admit, note })) === "done";
    });
  }

  /** The app dies at one of its next writes. */
  readonly planCrash = (): void => {
    if (!this.#isStolen) this.#options.disk.planDeath(soonWrites);
  };

  /** No more deaths; and if it is dead, somebody starts it. */
  keepAlive(): void {
    this.#options.disk.cancelDeath();
    if (!this.#isAlive && !this.#isStolen) this.#startSoon();
  }

  /** Asks for all that is new, and sends all that it has. */
  async refresh(): Promise<void> {
    await this.#life?.tablet.refresh();
  }

  /** Somebody takes it: its app never runs again, and its key and its numbers are theirs. */
  steal(): { sign: (bytes: Uint8Array) => Promise<Uint8Array>; shiftId: string; nextNumber: number } {
    const life = this.#life;
    const signer = life?.tablet.signer() ?? null;
    if (life === null || signer === null) throw new Error("a tablet that does not run is not stolen");
    const state = life.tablet.state();
    const shiftId = state.phase === "enrolled" ? (state.unlocked?.shiftId ?? "") : "";
    this.#isStolen = true;
    const nextNumber = (this.#options.disk.last("journal")?.number ?? 0) + 1;
    this.#die();
    return { sign: signer.sign, shiftId, nextNumber };
  }

  async #boot(): Promise<Tablet> {
    const { disk, transport, office, tamper } = this.#options;
    this.#generation += 1;
    this.#isAlive = true;
    const generation = this.#generation;
    const isAlive = (): boolean => this.#isAlive && this.#generation === generation;
    const never = (): Promise<never> => new Promise(() => {});
    const tablet = await openTablet({
      store: tamper(disk.mount(isAlive, () => this.#die())),
      clock: this.#clockOf(isAlive),
      transport: {
        listPart: (input, signal) => (isAlive() ? transport.listPart(input, signal) : never()),
        ask: (question, signal) => (isAlive() ? transport.ask(question, signal) : never()),
        upload: (input, signal) => (isAlive() ? transport.upload(input, signal) : never()),
        checkIn: (input, signal) => (isAlive() ? transport.checkIn(input, signal) : never()),
      },
      office,
      device: () => ({ battery: null, charging: null, appVersion: "simulated" }),
    });
    tablet.start();
    return tablet;
  }

  async #start(): Promise<void> {
    const tablet = await this.#boot();
    const state = tablet.state();
    if (state.phase !== "enrolled") throw new Error(`an enrolled tablet is ${state.phase} after a restart`);
    const staff = state.people.find(({ role }) => role === "staff");
    if ((await tablet.unlock(staff?.shiftId ?? "", pin)) !== null) throw new Error("a PIN was forgotten");
    await this.#openGate(tablet);
  }

  async #openGate(tablet: Tablet): Promise<void> {
    const { competitionSessionId, gate } = this.#options;
    const keeper = await tablet.openList(competitionSessionId);
    const scanner = await tablet.openScanner(competitionSessionId, gate);
    const [supervisor] = tablet.supervisors();
    this.#list = () => keeper.current;
    this.#life = { tablet, scanner, supervisorShiftId: supervisor?.shiftId ?? "" };
    const tell = (): void => {
      if (this.isReady) this.#onReady();
    };
    tablet.subscribe(tell);
    scanner.subscribe(() => this.#lookAtTheClock());
    tell();
  }

  /** Phones agree that the tablet's clock is wrong: a supervisor comes in a minute and sets it. */
  #lookAtTheClock(): void {
    const life = this.#life;
    if (life === null || this.#clockIsAskedFor || life.scanner.state().clockProposal === null) return;
    this.#clockIsAskedFor = true;
    this.#options.time.after(60_000, () => {
      this.#clockIsAskedFor = false;
      if (this.#life !== life) return;
      void life.scanner.confirmClock({ shiftId: life.supervisorShiftId, pin }).then((done) => {
        if (done === "done") this.clocksCorrected += 1;
      });
    });
  }

  #clockOf(isAlive: () => boolean): DeviceClock {
    const { clock } = this.#options.deviceClock;
    return { ...clock, after: (ms, callback) => clock.after(ms, () => isAlive() && callback()) };
  }

  #die(): void {
    const life = this.#life;
    this.#isAlive = false;
    this.#life = null;
    this.deaths += 1;
    for (const wait of Array.from(this.#waiting)) wait(new TabletDied());
    life?.scanner.close();
    life?.tablet.close();
    if (!this.#isStolen) this.#startSoon();
  }

  #startSoon(): void {
    const { time, random } = this.#options;
    time.after(10_000 + random.next() * 60_000, () => {
      if (!this.#isAlive) void this.#start();
    });
  }

  #unlessItDies<Result>(work: (life: Life) => Promise<Result>): Promise<Result> {
    const life = this.#life;
    if (life === null) return Promise.reject(new TabletDied());
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      work(life)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }
}

function shownOf(scan: ShownScan | null): Shown {
  if (scan === null) throw new Error("a tablet that is ready scanned nothing");
  const { key, outcome, reason, confirmed } = scan;
  return { number: key, outcome, reason, confirmed };
}
