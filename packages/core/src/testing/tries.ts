import type { CoreContext } from "../context.ts";
import { unlimitedAttempts } from "./unlimited-attempts.ts";

/** How many of the tries did what: `ok`, or the code of the error. */
export async function outcomesOf(tries: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(tries)) {
    const name = result.status === "fulfilled" ? "ok" : codeOf(result.reason);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The same, without the limits on guessing: so that a race is decided by what is tested, and not before. */
export function withoutLimits(ctx: CoreContext): CoreContext {
  return { ...ctx, attempts: unlimitedAttempts };
}

function codeOf(reason: unknown): string {
  if (typeof reason === "object" && reason !== null && "code" in reason) return String(reason.code);
  throw reason;
}
