import { settled } from "./real-work.ts";

type Planned = { readonly atMs: number; readonly place: number; readonly work: () => void; cancelled: boolean };

/**
 * The time of the simulated world, unix milliseconds. It jumps from one planned moment to the next; whatever is planned for
 * one moment runs in the order in which it was planned, each after all that the one before has set going.
 */
export class VirtualTime {
  #nowMs: number;
  #place = 0;
  /** A binary heap, the next at its top. */
  readonly #planned: Planned[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Plans work for a moment; what has passed is now. The function given back cancels it. */
  at(atMs: number, work: () => void): () => void {
    this.#place += 1;
    const planned: Planned = { atMs: Math.max(atMs, this.#nowMs), place: this.#place, work, cancelled: false };
    this.#push(planned);
    return () => {
      planned.cancelled = true;
    };
  }

  after(ms: number, work: () => void): () => void {
    return this.at(this.#nowMs + ms, work);
  }

  /** For whoever of the world's people waits a while. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Goes on until that moment, with everything that is planned before it. */
  async runUntil(atMs: number): Promise<void> {
    await settled();
    for (let next = this.#planned[0]; next !== undefined && next.atMs <= atMs; next = this.#planned[0]) {
      this.#pop();
      if (next.cancelled) continue;
      this.#nowMs = next.atMs;
      next.work();
      await settled();
    }
    this.#nowMs = Math.max(this.#nowMs, atMs);
  }

  #push(planned: Planned): void {
    const heap = this.#planned;
    heap.push(planned);
    for (let index = heap.length - 1; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  #pop(): void {
    const heap = this.#planned;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const child = right < heap.length && this.#isBefore(right, left) ? right : left;
      if (child >= heap.length || !this.#swapIfBefore(child, index)) return;
      index = child;
    }
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const [one, other] = [this.#planned[lower], this.#planned[upper]];
    if (one === undefined || other === undefined || !this.#isBefore(lower, upper)) return false;
    this.#planned[lower] = other;
    this.#planned[upper] = one;
    return true;
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#planned[one], this.#planned[other]];
    return a !== undefined && b !== undefined && (a.atMs - b.atMs || a.place - b.place) < 0;
  }
}
