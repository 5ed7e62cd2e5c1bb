import { hash, verify } from "@node-rs/argon2";
import { CodedError } from "../../errors.ts";

/** Slow on purpose. Its implementation bounds how many run at once, so that a crowd signing in leaves the shop alive. */
export type PasswordHasher = {
  /** PHC string (argon2id). */
  hash(password: string): Promise<string>;
  /** Without a hash (no such account) it takes as long as with one, and is false. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
  /** Whether a hash was made with less than is asked for today: with the password at hand, make it anew. */
  needsRehash(hash: string): boolean;
};

/** What a hash costs: KiB, passes, lanes. */
type Cost = { memoryCost: number; timeCost: number; parallelism: number };

/** OWASP's parameters for argon2id (the package's default algorithm): 19 MiB, two passes, one lane. */
const owasp: Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes with argon2id (RFC 9106). Passwords are compared in Unicode's form C (RFC 8265), since keyboards disagree on
 * how to write an é. At most `inFlight` run at once and `maxWaiting` wait in order; beyond that a caller gets
 * `unavailable` at once instead of an answer after minutes. Three of libuv's four threads, unless told: a third works
 * while two wait for their memory, and one is left for files and names. One at a time while `mustYield` says so: what else
 * this node does is more urgent then.
 */
export function createPasswordHasher({
  inFlight = 3,
  maxWaiting = 200,
  cost = owasp,
  mustYield = () => false,
}: { inFlight?: number; maxWaiting?: number; cost?: Cost; mustYield?: () => boolean } = {}): PasswordHasher {
  const limited = createQueue(() => (mustYield() ? 1 : inFlight), maxWaiting);
  // Begun now, and made beside what else there is to do at a start.
  const nobodysHash = hash("", cost);
  return {
    hash: (password) => limited(() => hash(password.normalize("NFC"), cost)),
    verify: (phc, password) =>
      limited(async () => {
        const matches = await verify(phc ?? (await nobodysHash), password.normalize("NFC"));
        return matches && phc !== undefined;
      }),
    needsRehash: (phc) => isCheaper(phc, cost),
  };
}

/** By what stands in the PHC string itself; another algorithm or version is always made anew. */
function isCheaper(phc: string, { memoryCost, timeCost, parallelism }: Cost): boolean {
  const [, memory, time, lanes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(phc) ?? [];
  return !(Number(memory) >= memoryCost && Number(time) >= timeCost && Number(lanes) >= parallelism);
}

/**
 * While many wait, so many go on together: what they ask of the database next is one statement then. One by one, between
 * hashes that have emptied every cache, the same work takes three times as long.
 */
const company = 16;

function createQueue(inFlight: () => number, maxWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  let ended: (() => void)[] = [];

  /** In the order in which they came: nobody who comes later overtakes. */
  function begin(): void {
    while (running < inFlight() && waiting.length > 0) {
      running += 1;
      waiting.shift()?.();
    }
  }

  /** Nobody is kept for longer than those who still wait would take, and where nobody waits for no time at all. */
  function inCompany(): Promise<void> {
    return new Promise((resolve) => {
      ended.push(resolve);
      if (ended.length < Math.min(waiting.length, company)) return;
      for (const goOn of ended) goOn();
      ended = [];
    });
  }

  return async (work) => {
    if (running >= inFlight() && waiting.length >= maxWaiting) throw new CodedError("unavailable");
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      begin();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      begin();
      await inCompany();
    }
  };
}
