import { slotAt, slotMs } from "@tessera/pass";

/** What several phones say of the tablet's clock, as people are asked about it. */
export type ClockProposal = {
  /** What would be added to the tablet's time, milliseconds. */
  readonly correctionMs: number;
  /** How many tickets' proofs agree. */
  readonly proofs: number;
};

/** So many different tickets must agree. */
const fewestProofs = 3;
/** What was shown longer ago says nothing of the clock of now. */
const memoryMs = 10 * 60_000;
/** Phones that show the same slot differ by less. */
const agreementMs = slotMs;

type Seen = { readonly correctionMs: number; readonly atMs: number };

/**
 * Gathers what good proofs of tickets that the list has as current say of the time. A phone's clock is right more often
 * than that of a tablet which has no network, and three of them are not wrong in the same way by chance.
 */
export class ClockProposals {
  readonly #seen = new Map<string, Seen>();

  /**
   * A proof was good, of a listed current pass.
   *
   * @param slot of the proof
   * @param nowMs the tablet's time
   */
  note(ticketId: string, slot: number, nowMs: number): void {
    const isNow = Math.abs(slot - slotAt(nowMs)) <= 1;
    this.#seen.set(ticketId, { correctionMs: isNow ? 0 : (slot + 0.5) * slotMs - nowMs, atMs: nowMs });
  }

  /** What most of them agree on; null while too few do, or while as many say that the clock is right. */
  proposal(nowMs: number): ClockProposal | null {
    for (const [ticketId, { atMs }] of this.#seen) if (Math.abs(nowMs - atMs) > memoryMs) this.#seen.delete(ticketId);
    const all = [...this.#seen.values()].map(({ correctionMs }) => correctionMs);
    const content = all.filter((correctionMs) => correctionMs === 0).length;
    const groups = all
      .filter((correctionMs) => correctionMs !== 0)
      .map((middle) => all.filter((one) => one !== 0 && Math.abs(one - middle) <= agreementMs));
    const [largest = []] = groups.toSorted((a, b) => b.length - a.length);
    if (largest.length < fewestProofs || largest.length <= content) return null;
    const sorted = largest.toSorted((a, b) => a - b);
    return { correctionMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0), proofs: largest.length };
  }

  /** The clock was set: what was seen by the old one counts no more. */
  forget(): void {
    this.#seen.clear();
  }
}
