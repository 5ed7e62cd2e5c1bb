import type { Gate, ScanInput, Verdict } from "@tessera/contracts";
import { readCode, toBase64url } from "@tessera/pass";
import { type Admission, decideHere } from "./decide-here.ts";
import type { KnownList } from "./known-list.ts";
import { ListKeeper } from "./list-keeper.ts";
import type { ListTrust } from "./list-trust.ts";
import type { DeviceClock, Tally, Transport } from "./ports.ts";
import {
  afterLostAdmission,
  afterRefusal,
  type Scan,
  type ScanStatus,
  type ScanVerdict,
  serverVerdict,
} from "./scan.ts";
import { createServerClock } from "./server-clock.ts";
import { createSightings } from "./sightings.ts";
import type { ListProblem } from "./take-list.ts";
import { within } from "./within.ts";

/** What a tablet at one gate is made of. */
export type ScannerOptions = {
  readonly competitionSessionId: string;
  readonly gate: Gate;
  readonly clock: DeviceClock;
  readonly transport: Transport;
  readonly trust: ListTrust;
  readonly tally: Tally;
  /** A new UUID for each scan. */
  readonly newNonce: () => string;
};

/** What the screen shows; another object as soon as anything in it has changed. */
export type ScannerState = {
  /** The newest scan, until the next one or `next`. */
  readonly scan: Scan | null;
  /** Admitted to this competition session by this tablet. */
  readonly admitted: number;
  /** Whether the server gave an answer when it was last asked for one. */
  readonly connected: boolean;
  /** When the list was made, unix milliseconds of the server's clock. */
  readonly listMadeAtMs: number;
  readonly listNumber: number;
  /** Why the newest list that came was not taken; the tablet goes on by the one before. */
  readonly listProblem: ListProblem | null;
  /** When people are let in, by the list; ISO 8601. */
  readonly window: KnownList["window"];
};

/** How long a verdict waits for the server. */
const patienceMs = 3000;
/** Between the tries of an unanswered scan. After the last one a person asks again. */
const retryGapsMs = [1000, 2000, 4000, 8000];
/** A verdict stays as long as it takes to see it, even if the next phone is in view already. */
const dwellMs = 700;
/** The longest code that the server takes; what is longer is none of ours and is refused without it. */
const longestCode = 1000;

type Asked = {
  readonly input: ScanInput;
  readonly ticketId: string | null;
  readonly local: ScanVerdict;
};

/** A tablet at its gate, without its screen. Made by `openScanner`. */
export class Scanner {
  readonly #options: ScannerOptions;
  readonly #clock;
  readonly #sightings;
  readonly #list;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  readonly #admissions = new Map<string, Admission>();
  /** By ticket id: scans that may have reached the server although no answer came back. */
  readonly #unanswered = new Map<string, readonly ScanInput[]>();
  readonly #sent = new WeakSet<ScanInput>();
  readonly #waiting: string[] = [];
  #state: ScannerState;
  #current: Asked | null = null;
  #busy = false;
  #shownAtMs = -Infinity;

  /** Use `openScanner`. `askedAtMs`: when the list was asked for, on the monotonic clock. */
  constructor(options: ScannerOptions, list: KnownList, askedAtMs: number) {
    const { competitionSessionId, clock, transport, trust, tally } = options;
    this.#options = options;
    this.#clock = createServerClock(clock);
    this.#sightings = createSightings(clock.monotonicMs);
    this.#clock.learn(list.answeredAtMs, askedAtMs);
    this.#list = new ListKeeper(
      {
        competitionSessionId,
        clock,
        trust,
        serverClock: this.#clock,
        fetch: transport.list,
        closed: this.#closing.signal,
        onFetched: ({ came, problem }) => {
          const listProblem = came ? problem : this.#state.listProblem;
          this.#change({ connected: came, listProblem, ...shownOf(this.#list.current) });
        },
      },
      list,
    );
    this.#state = { scan: null, admitted: tally.read(), connected: true, listProblem: null, ...shownOf(list) };
  }

  /** The same object until something changes, as `useSyncExternalStore` wants it. */
  readonly state = (): ScannerState => this.#state;

  /** Calls back after each change; the function given back ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The server's time as well as the tablet knows it, unix milliseconds. */
  readonly nowMs = (): number => this.#clock.nowMs();

  /**
   * A camera sees a code, exactly as it stands there; called for each frame. What is held in view is one scan, and the
   * verdict before it is left on the screen for a moment.
   */
  see(text: string): void {
    const key = presentationKey(text);
    const resting = this.#options.clock.monotonicMs() - this.#shownAtMs < dwellMs;
    if (this.#sightings.isHeld(key)) this.#sightings.mark(key);
    else if (!this.#busy && !resting) {
      this.#sightings.mark(key);
      void this.#scan(text);
    }
  }

  /** Somebody pulled a trigger or typed: always a scan of its own, nothing trimmed. It waits for the one under way. */
  read(text: string): void {
    this.#sightings.mark(presentationKey(text));
    if (this.#busy) this.#waiting.push(text);
    else void this.#scan(text);
  }

  /** The verdict was seen. A code that stays in view is then scanned again, as somebody means it. */
  next(): void {
    if (this.#state.scan === null || this.#state.scan.status === "asking") return;
    this.#sightings.release();
    this.#shownAtMs = -Infinity;
    this.#current = null;
    this.#change({ scan: null });
  }

  /** Asks the server again for the unconfirmed scan on the screen: the same scan, by its nonce. */
  retry(): void {
    const { scan } = this.#state;
    if (this.#current !== null && scan?.status === "unconfirmed" && !scan.trying)
      void this.#tryAgain(this.#current, [0]);
  }

  /** Fetches the newest list, as after a sleep; settles when that has worked or not. */
  refresh(): Promise<void> {
    return this.#list.refresh();
  }

  /** Ends all that is under way; nothing changes any more. */
  close(): void {
    this.#closing.abort();
    this.#listeners.clear();
  }

  /** One scan at a time: what was read meanwhile comes after it. */
  async #scan(text: string): Promise<void> {
    this.#busy = true;
    try {
      await this.#decide(text);
    } finally {
      this.#busy = false;
    }
    const next = this.#waiting.shift();
    if (next !== undefined && !this.#closing.signal.aborted) await this.#scan(next);
  }

  async #decide(text: string): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const { ticketId, verdict: local } = await decideHere(text, {
      list: this.#list.current,
      admissions: this.#admissions,
      nowMs,
      clockInDoubt: this.#clock.inDoubt(),
    });
    const { competitionSessionId, gate, newNonce } = this.#options;
    const scannedAt = new Date(nowMs).toISOString();
    const input = { competitionSessionId, gateId: gate.id, code: text, nonce: newNonce(), scannedAt };
    const asked: Asked = { input, ticketId, local };
    this.#current = asked;
    if (local.outcome === "refuse") {
      this.#show(asked, { status: "decided", verdict: local });
      if (text.length <= longestCode) void this.#report(asked);
    } else {
      this.#show(asked, { status: "asking" });
      if (!(await this.#ask(asked))) void this.#tryAgain(asked, retryGapsMs);
    }
  }

  /** Asks for a yes or a don't-know. False: no answer, and the screen says so. */
  async #ask(asked: Asked): Promise<boolean> {
    const { input, local } = asked;
    const { gate } = this.#options;
    const ticketId = asked.ticketId ?? input.nonce;
    const inputs = [...(this.#unanswered.get(ticketId) ?? []).filter(({ nonce }) => nonce !== input.nonce), input];
    this.#unanswered.set(ticketId, inputs);
    for (const one of inputs) {
      const verdict = await this.#send(one);
      if (verdict === null) {
        this.#show(asked, { status: "unconfirmed", verdict: { ...local, outcome: "check" }, trying: true });
        return false;
      }
      // An earlier scan was admitted and its answer lost: who showed that one may be inside, and this be somebody else.
      if (one === input || verdict.outcome === "admit") {
        this.#unanswered.delete(ticketId);
        this.#remember(verdict);
        const decided = one === input ? serverVerdict(verdict, local) : afterLostAdmission(verdict, local, gate);
        this.#show(asked, { status: "decided", verdict: decided });
        // This reading too goes on record, though its answer can say nothing new.
        if (one !== input) void this.#send(input);
        if (local.reason !== decided.reason) void this.refresh();
        return true;
      }
    }
    return true;
  }

  /** Tells the server of a definite no, so that it is on record, and takes over what the server knows beside it. */
  async #report(asked: Asked): Promise<void> {
    const verdict = await this.#send(asked.input);
    if (verdict === null) return;
    this.#remember(verdict);
    this.#show(asked, afterRefusal(verdict, asked.local));
    if (verdict.outcome === "admit") void this.refresh();
  }

  async #tryAgain(asked: Asked, gapsMs: readonly number[]): Promise<void> {
    for (const gapMs of gapsMs) {
      this.#sayTrying(asked, true);
      await new Promise<void>((resolve) => this.#options.clock.after(gapMs, resolve));
      if (this.#current !== asked || this.#closing.signal.aborted || (await this.#ask(asked))) return;
    }
    this.#sayTrying(asked, false);
  }

  #sayTrying(asked: Asked, trying: boolean): void {
    const { scan } = this.#state;
    if (this.#current === asked && scan?.status === "unconfirmed") this.#change({ scan: { ...scan, trying } });
  }

  /** The server's verdict, or null if none came in time. */
  async #send(input: ScanInput): Promise<Verdict | null> {
    const { clock, transport } = this.#options;
    // A scan that had arrived before is answered with its first date, which says nothing of now.
    const isFirstTry = !this.#sent.has(input);
    this.#sent.add(input);
    const askedAtMs = clock.monotonicMs();
    const verdict = await within(clock, patienceMs, this.#closing.signal, (signal) => transport.scan(input, signal));
    if (verdict !== null && isFirstTry) this.#clock.learn(Date.parse(verdict.decidedAt), askedAtMs);
    this.#change({ connected: verdict !== null });
    return verdict;
  }

  /** Counts an admission once, whoever asked for it, and keeps it, or the one before it, for the ticket's next scan. */
  #remember({ outcome, ticket, first, decidedAt }: Verdict): void {
    if (outcome === "admit" && (ticket === null || this.#admissions.get(ticket.id)?.at !== decidedAt)) {
      this.#change({ admitted: this.#state.admitted + 1 });
      this.#options.tally.write(this.#state.admitted);
    }
    const admission = outcome === "admit" ? { at: decidedAt, gate: this.#options.gate } : first;
    if (ticket !== null && admission !== null) this.#admissions.set(ticket.id, admission);
  }

  /** Shows how a scan stands, unless the screen has moved on to another. */
  #show(asked: Asked, what: ScanStatus): void {
    if (this.#current !== asked) return;
    const { nonce, scannedAt } = asked.input;
    if (what.status !== "asking") this.#shownAtMs = this.#options.clock.monotonicMs();
    this.#change({ scan: { nonce, scannedAt, ...what } });
  }

  #change(changes: Partial<ScannerState>): void {
    if (this.#closing.signal.aborted) return;
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}

/** Two codes with one key are the same thing held up: for a pass, whatever its proof; else the text. */
function presentationKey(text: string): string {
  const read = readCode(text);
  return read.ok ? toBase64url(read.code.pass.bytes) : text;
}

const shownOf = ({ madeAtMs, number, window }: KnownList) => ({ listMadeAtMs: madeAtMs, listNumber: number, window });
