type BatchQueue<Item, Answer> = {
  submit(item: Item): Promise<Answer>;
  /** How many wait for a batch: none while there is room for another one. */
  waiting(): number;
};

/**
 * Gathers what many want at once. Contention decides the design (DESIGN section 4): one row lock a purchase is held until
 * the commit is on disk, and so purchases from one pool are decided many to a transaction.
 *
 * No timer: whoever comes alone is run at once; those who come in one moment go together, and those who come while batches
 * are under way wait for the next.
 */
export function createBatchQueue<Item, Answer>({
  run,
  maxBatch = 200,
  maxInFlight = 2,
  failsAll = () => false,
}: {
  /** Answers every item of a batch, in the same order, or throws for all of them. */
  run: (items: readonly Item[]) => Promise<readonly Answer[]>;
  maxBatch?: number;
  maxInFlight?: number;
  /** Whether an error is nobody's own, so that trying each by itself would only make it worse. */
  failsAll?: (error: unknown) => boolean;
}): BatchQueue<Item, Answer> {
  type Waiting = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let inFlight = 0;
  let isGathering = false;

  function pump(): void {
    while (inFlight < maxInFlight && waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      inFlight += 1;
      void runBatch(batch).finally(() => {
        inFlight -= 1;
        pump();
      });
    }
  }

  async function runBatch(batch: readonly Waiting[]): Promise<void> {
    const error = await tryBatch(batch);
    if (error === undefined) return;
    let failure: unknown = error.reason;
    for (const one of batch) {
      // What one of many brought down must not fail the others: each is tried by itself, unless that is in vain.
      if (batch.length > 1 && !failsAll(failure)) {
        const alone = await tryBatch([one]);
        if (alone === undefined) continue;
        one.reject(alone.reason);
        if (failsAll(alone.reason)) failure = alone.reason;
      } else one.reject(failure);
    }
  }

  async function tryBatch(batch: readonly Waiting[]): Promise<{ reason: unknown } | undefined> {
    try {
      const answers = await run(batch.map(({ item }) => item));
      if (answers.length !== batch.length) throw new Error("a batch was answered in part");
      for (const [index, answer] of answers.entries()) batch[index]?.resolve(answer);
      return undefined;
    } catch (reason) {
      return { reason };
    }
  }

  return {
    submit(item) {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isGathering) return;
        isGathering = true;
        // After all that goes on by promises in this moment, however many steps it takes.
        process.nextTick(() => {
          isGathering = false;
          pump();
        });
      });
    },
    waiting: () => waiting.length,
  };
}
