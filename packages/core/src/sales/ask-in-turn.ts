/**
 * What a run of questions to the provider has done, and of what the provider gave no good answer. `isAway`: it answered
 * nobody any more, which has ended the run.
 */
export type ProviderRun = { done: number; failed: { paymentId: string; cause: unknown }[]; isAway: boolean };

/** The provider has answered, and cannot close a page yet. */
export class PageStillOpenError extends Error {
  constructor() {
    super("the page cannot be closed yet: a payment is just going through");
  }
}

/** As many questions are under way at once; Stripe takes a hundred a second. */
const lanes = 10;
const mostAtOnce = 1000;

/**
 * Asks about one payment after the other, ten at a time, so that one that takes long does not stop the others. Each is
 * taken only right before it is asked about. Ends when nothing is left, after 1000, by the signal, or when ten questions
 * in a row were not answered: then the provider is away.
 */
export async function askInTurn<Payment extends { id: string }>({
  next,
  ask,
  signal,
}: {
  next: () => Promise<Payment | undefined>;
  ask: (payment: Payment) => Promise<void>;
  signal: AbortSignal | undefined;
}): Promise<ProviderRun> {
  const run: ProviderRun = { done: 0, failed: [], isAway: false };
  let taken = 0;
  let answered = 0;
  let unanswered = 0;

  const mayGoOn = (): boolean => taken < mostAtOnce && unanswered < lanes && signal?.aborted !== true;

  async function askOne(payment: Payment): Promise<void> {
    try {
      await ask(payment);
      run.done += 1;
    } catch (cause) {
      run.failed.push({ paymentId: payment.id, cause });
      if (!(cause instanceof PageStillOpenError)) {
        unanswered += 1;
        return;
      }
    }
    answered += 1;
    unanswered = 0;
  }

  /** The next lane opens once this one has found something: mostly there is nothing to ask. */
  async function lane(more: number): Promise<void> {
    let others: Promise<void> | undefined;
    try {
      while (mayGoOn()) {
        taken += 1;
        const payment = await next();
        if (payment === undefined) break;
        if (more > 0 && others === undefined) {
          others = lane(more - 1);
          // Waited for below; until then its failure is not one that nobody handles.
          others.catch(() => undefined);
        }
        await askOne(payment);
      }
    } finally {
      await others;
    }
  }

  await lane(lanes - 1);
  run.isAway = unanswered >= lanes || (unanswered > 0 && answered === 0);
  return run;
}
