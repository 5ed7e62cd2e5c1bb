/**
 * Counts what is on its way in real time: cryptography on other threads, and the database. Virtual time stands still until
 * nothing is, and so a run does the same again however fast the machine is.
 */
let underway = 0;
const waiting: (() => void)[] = [];

const isUnderway = (): boolean => underway > 0;

/** Counts a promise of real work until it is settled. */
export function countWork<Result>(work: Promise<Result>): Promise<Result> {
  underway += 1;
  return work.finally(() => {
    underway -= 1;
    if (underway > 0) return;
    for (const wake of waiting.splice(0)) wake();
  });
}

/** Resolves once no real work is on its way, and everything that waited for it has gone as far as it can. */
export async function settled(): Promise<void> {
  do {
    if (isUnderway()) await new Promise<void>((resolve) => waiting.push(resolve));
    // All that follows from what has ended runs before the next turn.
    await new Promise<void>((resolve) => setImmediate(resolve));
  } while (isUnderway());
}

const methods = [
  "decrypt",
  "deriveBits",
  "deriveKey",
  "digest",
  "encrypt",
  "exportKey",
  "generateKey",
  "importKey",
  "sign",
  "unwrapKey",
  "verify",
  "wrapKey",
] as const satisfies (keyof typeof crypto.subtle)[];

let counted = false;

/**
 * From now on WebCrypto counts as real work, whoever uses it. What shall take long by intention, a PIN's derivation, takes
 * no time: whoever tries PINs is not simulated.
 */
export function countCryptography(): void {
  if (counted) return;
  counted = true;
  const { subtle } = crypto;
  const prototype: unknown = Object.getPrototypeOf(subtle);
  if (typeof prototype !== "object" || prototype === null) throw new Error("WebCrypto has no methods");
  for (const method of methods) {
    const original: unknown = Reflect.get(prototype, method);
    if (typeof original !== "function") throw new Error(`WebCrypto has no ${method}`);
    Object.defineProperty(prototype, method, {
      value: (...given: unknown[]) =>
        countWork(Promise.resolve(Reflect.apply(original, subtle, given.map(withoutIterations)))),
    });
  }
}

/** As a PIN has; a password of PostgreSQL's (RFC 7677) has 4,096. */
const manyIterations = 100_000;

function withoutIterations(value: unknown): unknown {
  const isLong = typeof value === "object" && value !== null && "iterations" in value;
  return isLong && Number(value.iterations) >= manyIterations ? { ...value, iterations: 1 } : value;
}
