import { hash, hashSync, verify } from "@node-rs/argon2";
import { CodedError } from "../../errors.ts";

/** Slow on purpose. Its implementation bounds how many run at once, so that a crowd signing in leaves the shop alive. */
export type PasswordHasher = {
  /** PHC string (argon2id). */
  hash(password: string): Promise<string>;
  /** Without a hash (no such account) it takes as long as with one, and is false. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
};

/** OWASP's parameters for argon2id (the package's default algorithm): 19 MiB, two passes, one lane. */
const owasp = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes with argon2id (RFC 9106). Passwords are compared in Unicode's form C (RFC 8265), since keyboards disagree on
 * how to write an é. At most `inFlight` run at once and `maxWaiting` wait in order; beyond that a caller gets
 * `unavailable` at once instead of an answer after minutes.
 */
export function createPasswordHasher({
  inFlight = 2,
  maxWaiting = 200,
}: { inFlight?: number; maxWaiting?: number } = {}): PasswordHasher {
  const limited = createQueue(inFlight, maxWaiting);
  const nobodysHash = hashSync("", owasp);
  return {
    hash: (password) => limited(() => hash(password.normalize("NFC"), owasp)),
    verify: (phc, password) =>
      limited(async () => {
        const matches = await verify(phc ?? nobodysHash, password.normalize("NFC"));
        return matches && phc !== undefined;
      }),
  };
}

function createQueue(inFlight: number, maxWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
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
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
