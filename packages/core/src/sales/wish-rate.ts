import { CodedError } from "../errors.ts";
import type { Clock } from "../ports.ts";

const windowMs = 10_000;
/** More than any person clicks, and few enough that one account's script does not fill a batch. */
const wishesPerWindow = 20;

/**
 * Counts the wishes of each account on this node, refused ones too, and throws `too_many_requests` with
 * `retryAfterSeconds` for one too many. In memory and with one window for all, since it is asked for every wish and must
 * cost nothing.
 */
export function createWishRate(clock: Clock): (accountId: string) => void {
  let wishes = new Map<string, number>();
  let endsAt = 0;
  return (accountId) => {
    const now = clock().getTime();
    // A clock set back ends the window too.
    if (now >= endsAt || now < endsAt - windowMs) {
      wishes = new Map();
      endsAt = now + windowMs;
    }
    const count = (wishes.get(accountId) ?? 0) + 1;
    wishes.set(accountId, count);
    if (count > wishesPerWindow) {
      throw new CodedError("too_many_requests", { retryAfterSeconds: Math.ceil((endsAt - now) / 1000) });
    }
  };
}
