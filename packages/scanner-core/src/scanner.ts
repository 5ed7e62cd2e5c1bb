import type { Direction, ScanMeans, Verdict } from "@tessera/contracts";
import type { ListedTicket } from "@tessera/pass";
import { askServer } from "./ask-server.ts";
import { ClockProposals } from "./clock-proposals.ts";
import { decideCode, decideFound, earlierOf, type Here, insideByZone, type LocalDecision } from "./decide-here.ts";
import type { Entry, NewRecord } from "./journal-entries.ts";
import type { ZoneCount } from "./known-list.ts";
import { partyOf } from "./party.ts";
import { saidBefore } from "./said-before.ts";
import { recordOf } from "./scan-record.ts";
import type { ScanDecision, ShownScan } from "./scan.ts";
import type { Authorised, ScannerOptions, ScannerState } from "./scanner-options.ts";
import { createSightings, presentationKey } from "./sightings.ts";

/** A verdict stays as long as it takes to see it, even if the next phone is in view already. */
const dwellMs = 700;
/** As much of a note as a record holds. */
const longestNote = 200;

type Presented =
  | { readonly means: ScanMeans; readonly code: string }
  | { readonly means: "search"; readonly found: ListedTicket };

/**
 * A tablet at its gate, without its screen. It decides first: a definite no is final; for anything else the server is asked
 * for at most 400 ms, and if it does not answer, what the tablet says stands. What the screen says is on disk before.
 */
export class Scanner {
  readonly #options: ScannerOptions;
  readonly #sightings;
  readonly #proposals = new ClockProposals();
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #state: ScannerState;
  #last: Promise<unknown> = Promise.resolve();
  #underWay = 0;
  #shownAtMs = -Infinity;

  constructor(options: ScannerOptions) {
    this.#options = options;
    this.#sightings = createSightings(options.clock.monotonicMs);
    const nothing = { scan: null, deciding: false, alarm: null, clockProposal: null, unwritten: false };
    this.#state = { ...nothing, direction: "in", lastWord: saidBefore(options) };
  }

  /** The same object until something changes, as `useSyncExternalStore` wants it. */
  readonly state = (): ScannerState => this.#state;
  /** Calls back after each change; the function given back ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The server's time as well as the tablet knows it, unix milliseconds. */
  readonly nowMs = (): number => this.#options.serverClock.nowMs();

  /**
   * A camera sees a code, exactly as it stands there; called for each frame. What is held in view is one scan, and the
   * verdict before it is left on the screen for a moment.
   */
  see(text: string): void {
    const key = presentationKey(text);
    const resting = this.#options.clock.monotonicMs() - this.#shownAtMs < dwellMs;
    if (this.#sightings.isHeld(key)) this.#sightings.mark(key);
    else if (this.#underWay === 0 && !resting) {
      this.#sightings.mark(key);
      void this.scan(text, "camera");
    }
  }

  /** Whether something is being decided: what a camera sees meanwhile is no scan. */
  get isBusy(): boolean {
    return this.#underWay > 0;
  }

  /** Somebody pulled a trigger or typed: always a scan of its own, nothing trimmed. It waits for the one under way. */
  read(text: string, means: "wedge" | "typed"): void {
    this.#sightings.mark(presentationKey(text));
    void this.scan(text, means);
  }

  /**
   * Scans a code: what the screen says of it, once it says it; null if nothing was scanned, as the tablet is locked, has no
   * list, or could not write it down. One after the other.
   */
  scan(code: string, means: "camera" | "wedge" | "typed"): Promise<ShownScan | null> {
    return this.#inTurn(() => this.#decide({ means, code }));
  }

  /** Somebody was found by a search. As `scan`. */
  lookUp(ticketId: string): Promise<ShownScan | null> {
    return this.#inTurn(async () => {
      const found = this.#options.list()?.find(ticketId);
      return found === undefined ? null : this.#decide({ means: "search", found });
    });
  }

  /** The verdict was seen. A code that stays in view is then scanned again. */
  next(): void {
    if (this.#state.scan === null || this.#underWay > 0) return;
    this.#sightings.release();
    this.#shownAtMs = -Infinity;
    this.#change({ scan: null });
  }

  /** What was said before the restart was seen. */
  dismissLastWord(): void {
    this.#change({ lastWord: null });
  }

  /** Whether people go in or out here from now on. */
  turn(direction: Direction): void {
    if (direction !== this.#state.direction) this.#change({ direction, scan: null });
  }

  /**
   * What a person decides after a look, and may change their mind about: on a check that no supervisor has decided. False
   * elsewhere, if the tablet is locked, or if it could not be written.
   */
  decide(scan: number, admit: boolean): Promise<boolean> {
    const { atWork, journal } = this.#options;
    const shiftId = atWork.shiftId();
    const isTheirs = journal.shownOn(scan) === "check" && journal.decisionOn(scan)?.override !== true;
    return shiftId !== null && isTheirs
      ? this.#note(scan, { admit, override: false, shiftId, note: null })
      : Promise.resolve(false);
  }

  /** What a supervisor decides against what the screen said, with their own PIN and a reason. */
  async override(
    scan: number,
    { shiftId, pin, admit, note }: { shiftId: string; pin: string; admit: boolean; note: string },
  ): Promise<Authorised> {
    const { atWork, journal } = this.#options;
    if (!(await atWork.authorise(shiftId, pin))) return "wrong_pin";
    if (journal.shownOn(scan) === null) return "gone";
    if (journal.overridesIn(shiftId) >= atWork.overridesOf(shiftId)) return "none_left";
    const written = note.toWellFormed().replaceAll("\0", "").trim().slice(0, longestNote).toWellFormed();
    return (await this.#note(scan, { admit, override: true, shiftId, note: written })) ? "done" : "gone";
  }

  /** A supervisor sets the clock by the proofs that agree. */
  async confirmClock({ shiftId, pin }: { shiftId: string; pin: string }): Promise<Authorised> {
    const { atWork, serverClock } = this.#options;
    const proposal = this.#state.clockProposal;
    if (proposal === null) return "gone";
    if (!(await atWork.authorise(shiftId, pin))) return "wrong_pin";
    const { correctionMs } = proposal;
    const at = new Date(this.nowMs()).toISOString();
    // The server may have been heard since, and knows better.
    const isSet = serverClock.inDoubt() && (await this.#write({ kind: "clock", shiftId, at, correctionMs }));
    if (isSet) serverClock.correct(correctionMs);
    if (isSet || !serverClock.inDoubt()) {
      this.#proposals.forget();
      this.#change({ clockProposal: null });
    }
    return isSet ? "done" : "gone";
  }

  dismissAlarm(): void {
    this.#change({ alarm: null });
  }

  /** Whom a search finds, with who went through here. */
  search(text: string): readonly ListedTicket[] {
    const found = this.#options.list()?.search(text) ?? [];
    return found.map((listed) => ({ ...listed, passages: earlierOf(listed, this.#own(listed.entry.ticketId)) }));
  }

  /** People inside by zone, as far as the list and this tablet know. */
  inside(): readonly ZoneCount[] {
    const list = this.#options.list();
    return list === null ? [] : insideByZone(list, this.#options.journal.tickets(), (ticketId) => this.#own(ticketId));
  }

  /** Nothing changes any more. */
  close(): void {
    this.#closing.abort();
    this.#listeners.clear();
  }

  #own(ticketId: string) {
    const { journal, competitionSessionId } = this.#options;
    return journal.passagesOf(ticketId).filter((passage) => passage.competitionSessionId === competitionSessionId);
  }

  #inTurn(work: () => Promise<ShownScan | null>): Promise<ShownScan | null> {
    this.#underWay += 1;
    const result = this.#last.then(work).finally(() => {
      this.#underWay -= 1;
    });
    this.#last = result.catch(() => null);
    return result;
  }

  async #decide(presented: Presented): Promise<ShownScan | null> {
    const { competitionSessionId, gate, journal, serverClock, contact, list: newest, atWork } = this.#options;
    const [shiftId, list] = [atWork.shiftId(), newest()];
    if (shiftId === null || list === null || this.#closing.signal.aborted) return null;
    const { direction } = this.#state;
    const [nowMs, clockInDoubt, cutOff] = [this.nowMs(), serverClock.inDoubt(), contact.cutOff];
    const here: Here = {
      list,
      gateId: gate.id,
      direction,
      passagesOf: (ticketId) => this.#own(ticketId),
      unsaidOf: (ticketId) => journal.unsaidOf(ticketId),
      nowMs,
      clockInDoubt,
      cutOff,
    };
    const isCode = "code" in presented;
    const local = isCode ? await decideCode(presented.code, here) : decideFound(presented.found, here);
    this.#watchClock(local, nowMs);
    const asks = local.decision.outcome !== "refuse" && !cutOff;
    const read = { means: presented.means, code: isCode ? presented.code : null };
    const record = recordOf(read, local, here, { shiftId, competitionSessionId, asks });
    // What takes no longer than a blink needs no sign of waiting, nor a screen drawn twice.
    if (asks) this.#change({ deciding: true });
    try {
      const entry = await journal.append(record, { state: asks ? "open" : "kept", subject: local.subject });
      const onLate = (late: Verdict): void => this.#noteLate(entry, local.unanswered, late);
      const asking = { ...this.#options, closed: this.#closing.signal, onLate };
      const decided = asks ? await askServer(entry, local, asking) : local.decision;
      return this.#show(entry, decided, here);
    } catch {
      // Nothing is said that is not on disk.
      this.#change({ deciding: false, unwritten: true });
      return null;
    }
  }

  /** An answer that came after the screen had spoken. It changes no verdict; a yes that was wrong is told. */
  #noteLate({ record }: Entry, said: ScanDecision, late: Verdict): void {
    if (said.outcome !== "admit" || late.outcome === "admit") return;
    const holderName = said.ticket?.holderName ?? late.ticket?.holderName ?? null;
    this.#change({ alarm: { key: record.number, holderName, atMs: Date.parse(record.at), reason: late.reason } });
  }

  #show({ record }: Entry, decided: ScanDecision, here: Here): ShownScan {
    const { ticket } = decided;
    const listed = ticket === null ? undefined : here.list.find(ticket.ticketId);
    const party = listed === undefined ? null : partyOf(listed, here);
    const scan: ShownScan = {
      key: record.number,
      scannedAtMs: here.nowMs,
      direction: here.direction,
      ...decided,
      ticket: ticket && { ...ticket, party },
      decision: null,
    };
    this.#shownAtMs = this.#options.clock.monotonicMs();
    this.#change({ scan, deciding: false, unwritten: false, lastWord: null });
    return scan;
  }

  async #note(
    scan: number,
    decision: { admit: boolean; override: boolean; shiftId: string; note: string | null },
  ): Promise<boolean> {
    const at = new Date(this.nowMs()).toISOString();
    if (!(await this.#write({ kind: "decision", at, scan, ...decision }))) return false;
    const { scan: shown } = this.#state;
    const decided = this.#options.journal.decisionOn(scan);
    if (shown?.key === scan) this.#change({ scan: { ...shown, decision: decided } });
    return true;
  }

  /** Writes down what a person did; false if that does not work. */
  async #write(record: NewRecord): Promise<boolean> {
    const written = await this.#options.journal.append(record, { state: "kept", subject: null }).catch(() => null);
    if (written === null) this.#change({ unwritten: true });
    return written !== null;
  }

  #watchClock({ subject: { ticketId }, provenSlot }: LocalDecision, nowMs: number): void {
    if (ticketId === null || provenSlot === null) return;
    this.#proposals.note(ticketId, provenSlot, nowMs);
    const clockProposal = this.#options.serverClock.inDoubt() ? this.#proposals.proposal(nowMs) : null;
    if (clockProposal !== this.#state.clockProposal) this.#change({ clockProposal });
  }

  #change(changes: Partial<ScannerState>): void {
    if (this.#closing.signal.aborted) return;
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}
