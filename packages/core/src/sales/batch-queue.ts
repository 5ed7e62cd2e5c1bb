/**
 * Gathers what many want at once. Contention decides the design (DESIGN section 4): one row lock a purchase is held until
 * the commit is on disk, and so purchases from one pool are decided many to a transaction.
 *
 * No timer: whoever comes alone is run at once; those who come while batches are under way wait for the next.
 */
export function createBatchQueue<Item, Answer>({
  run,
  maxBatch = 200,
  maxInFlight = 2,
}: {
  /** Answers every item of a batch, in the same order, or throws for all of them. */
  run: (items: readonly Item[]) => Promise<readonly Answer[]>;
  maxBatch?: number;
  maxInFlight?: number;
}): { submit(item: Item): Promise<Answer> } {
  type Waiting = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  const waiting: Waiting[] = [];
  let inFlight = 0;

  function pump(): void {
    while (inFlight < maxInFlight && waiting.length > 0) {
      const batch = waiting.splice(0, maxBatch);
      inFlight += 1;
      void runBatch(batch).finally(() => {
        inFlight -= 1;
        pump();
      });
    }
  }

  async function runBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await run(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const answer = answers[index];
        if (answer === undefined) reject(new Error("a batch was answered in part"));
        else resolve(answer);
      }
    } catch (error) {
      // What one of many brought down must not fail the others: each is tried by itself.
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await runBatch([one]);
    }
  }

  return {
    submit(item) {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        pump();
      });
    },
  };
}
