/** A source of chance that a number repeats: what a run does by choice is the same each time with its seed. */
export type Random = {
  /** From 0 to below 1. */
  next: () => number;
  /** One of them, each as likely as the others. */
  pick: <T>(values: readonly T[]) => T;
  chance: (probability: number) => boolean;
  shuffled: <T>(values: readonly T[]) => T[];
};

/**
 * Mulberry32.
 *
 * @param parts whole numbers that together are the seed, such as a run's and a buyer's
 */
export function seededRandom(...parts: readonly number[]): Random {
  // FNV-1a over the parts, so that neighbouring seeds have nothing in common.
  let state = parts.reduce((hash, part) => Math.imul(hash ^ part, 0x01_00_01_93) ^ (hash >>> 13), 0x81_1c_9d_c5);
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    pick(values) {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new RangeError("nothing to pick from");
      return value;
    },
    chance: (probability) => next() < probability,
    shuffled: (values) =>
      values
        .map((value) => ({ value, order: next() }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ value }) => value),
  };
}
