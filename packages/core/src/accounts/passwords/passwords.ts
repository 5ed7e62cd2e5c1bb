import { hash, hashSync, verify } from "@node-rs/argon2";
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
 * while two wait for their memory, and one is left for files and names.
 */
export function createPasswordHasher({
  inFlight = 3,
  maxWaiting = 200,
  cost = owasp,
}: { inFlight?: number; maxWaiting?: number; cost?: Cost } = {}): PasswordHasher {
  const limited = createQueue(inFlight, maxWaiting);
  const nobodysHash = hashSync("", cost);
  return {
    hash: (password) => limited(() => hash(password.normalize("NFC"), cost)),
    verify: (phc, password) =>
      limited(async () => {
        const matches = await verify(phc ?? nobodysHash, password.normalize("NFC"));
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
const company = 8;

function createQueue(inFlight: number, maxWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  let ended: (() => void)[] = [];

  function handOver(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
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
    if (running >= inFlight) {
      if (waiting.length >= maxWaiting) throw new CodedError("unavailable");
      // Whoever ends hands over its place, and so nobody who comes later overtakes.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      handOver();
      await inCompany();
    }
  };
}
