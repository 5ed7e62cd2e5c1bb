import { hash } from "node:crypto";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { patienceMs } from "../sales/with-patience.ts";
import {
  abandonClaim,
  deleteClaim,
  insertKey,
  reclaimKey,
  selectKey,
  storeAnswer,
} from "./idempotency-keys.queries.ts";

/** A wish that costs something, by the key that its client chose. */
export type Wish = {
  accountId: string;
  idempotencyKey: string;
  /** The key of one operation is no key of another. */
  operation: string;
  /** What is wished for: the same key with another body is refused. */
  body: unknown;
};

/**
 * After as long without an answer, whoever was at it has crashed, and the wish is taken up again: longer than the slowest
 * grant takes, which waits for a payment provider.
 */
const claimMs = patienceMs + 10_000;

/** SHA-256 of the JSON text. Whoever makes the body writes its fields always in the same order. */
export const bodyHashOf = (body: unknown): Buffer => hash("sha256", JSON.stringify(body), "buffer");

/**
 * Grants a wish once, after Stripe's rules: the same key gives the stored answer (also after a restart), another body
 * with the same key is refused, a second try while the first is under way is a conflict. A refusal (CodedError) ends the
 * key, so that it may be tried again; `unavailable` keeps it for the same wish, which the next try takes up. `grant` may
 * be run a second time after a crash and must be right then; its answer is stored as JSON and so given as JSON reads it.
 *
 * Errors: `idempotency_key_reused`, `request_under_way`, and what `grant` throws.
 */
export async function idempotent<Answer>(
  ctx: Pick<CoreContext, "db" | "clock">,
  { accountId, idempotencyKey: key, operation, body }: Wish,
  grant: () => Promise<Answer>,
  readAnswer: (stored: unknown) => Answer,
): Promise<Answer> {
  const bodyHash = bodyHashOf(body);
  const claimedAt = ctx.clock();
  if (!(await insertKey(ctx.db, { accountId, key, operation, bodyHash, at: claimedAt }))) {
    const row = await selectKey(ctx.db, { accountId, key });
    if (row === undefined) throw new CodedError("request_under_way");
    if (row.operation !== operation || !row.body_hash.equals(bodyHash)) throw new CodedError("idempotency_key_reused");
    if (row.claimed_at === null) return readAnswer(row.answer);
    const isAbandoned = claimedAt.getTime() - row.claimed_at.getTime() > claimMs;
    const isOurs = isAbandoned && (await reclaimKey(ctx.db, { accountId, key, seen: row.claimed_at, at: claimedAt }));
    if (!isOurs) throw new CodedError("request_under_way");
  }
  try {
    const answer = await grant();
    await storeAnswer(ctx.db, { accountId, key, claimedAt, answer });
    return answer;
  } catch (error) {
    // What failed for another reason than a refusal may have been done: its key stays, and the next try takes it up.
    const isRefusal = error instanceof CodedError && error.code !== "unavailable";
    const end = isRefusal ? deleteClaim : abandonClaim;
    // Where even this fails, the claim runs out by itself; what went wrong first is what to tell.
    await end(ctx.db, { accountId, key, claimedAt }).catch(() => undefined);
    throw error;
  }
}
