import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { type Credentials, replacePasswordHash } from "../accounts.queries.ts";

/**
 * With the right password at hand, makes its hash anew if it was made with less than is asked for today. When the queue
 * is full it waits for the next time: nobody is kept out by it.
 */
export async function rehashPassword(
  ctx: Pick<CoreContext, "db" | "passwords">,
  { account, passwordHash: from }: Pick<Credentials, "account" | "passwordHash">,
  password: string,
): Promise<void> {
  if (from === null || !ctx.passwords.needsRehash(from)) return;
  try {
    await replacePasswordHash(ctx.db, { accountId: account.id, from, to: await ctx.passwords.hash(password) });
  } catch (error) {
    if (!(error instanceof CodedError && error.code === "unavailable")) throw error;
  }
}
