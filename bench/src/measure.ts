/** The middle of several measurements: one disturbed by the machine's other work does not count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError("no measurements");
  return (low + high) / 2;
}

/**
 * Measures in turns, so that a slow moment of the machine meets all that is compared.
 *
 * @param round measures each thing once
 */
export async function measureInTurns<Round>(turns: number, round: () => Promise<Round>): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let turn = 0; turn < turns; turn += 1) rounds.push(await round());
  return rounds;
}

/** Seconds that `work` takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

/**
 * How often a second `work` is done by `inFlight` workers, each beginning again as soon as it has ended.
 *
 * @param work resolves to false when there is nothing left to do, which ends its worker
 */
export async function ratePerSecond(
  { inFlight, seconds }: { inFlight: number; seconds: number },
  work: () => Promise<boolean>,
): Promise<number> {
  const begun = performance.now();
  const until = begun + seconds * 1000;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < until && (await work())) done += 1;
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (done * 1000) / (performance.now() - begun);
}

/** The smallest of `values` that is not exceeded by this share of them, such as 0.95. */
export function percentile(values: readonly number[], share: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1];
  if (value === undefined) throw new RangeError("no measurements");
  return value;
}
