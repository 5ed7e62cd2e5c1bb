import type { CoreContext } from "../context.ts";
import { deleteKeysBefore } from "./idempotency-keys.queries.ts";

/** Longer than anybody tries again (Stripe keeps its own for a day). Afterwards the same key is another wish. */
const keptDays = 7;
const keysAtOnce = 5000;

/**
 * Deletes idempotency keys, with their answers, after 7 days. What they granted stays, and knows nothing of its key. Right
 * when it runs twice at once or is killed in between; between two batches it looks at `signal`. Gives how many went.
 */
export async function forgetIdempotencyKeys(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  signal?: AbortSignal,
): Promise<number> {
  const moment = new Date(clock().getTime() - keptDays * 86_400_000);
  let forgotten = 0;
  let last = keysAtOnce;
  while (last === keysAtOnce) {
    if (signal?.aborted === true) break;
    last = await deleteKeysBefore(db, moment, keysAtOnce);
    forgotten += last;
  }
  return forgotten;
}
