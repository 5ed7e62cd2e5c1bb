import { hash, hkdfSync, randomBytes } from "node:crypto";
import type { ErrorCode } from "@tessera/contracts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import { type Count, type LimitStore, memoryLimitStore } from "./limit-store.ts";
import { type Networks, networksOf } from "./network-address.ts";
import { createProofOfWork, type Work } from "./proof-of-work.ts";
import {
  delayAfter,
  freeCounts,
  guessesBeforeWork,
  type GuessKind,
  isOver,
  type SpendKind,
  windowSeconds,
  workLevel,
} from "./risk.ts";

/** Who tries, and at whose door: an account's id, or an address that may have no account. */
export type AttemptSubject = { account: string; requester: Requester };

/** Against automation: limits by account, address and action. */
export type AttemptLimits = {
  /**
   * Runs `attempt` unless this subject has guessed wrong too often. A try counts from its start, so that many at once
   * are not more than one by one; what was no wrong guess is given back.
   * Throws `too_many_requests` with `retryAfterSeconds`, or `proof_of_work_required` with a `challenge`.
   */
  guess<T>(kind: GuessKind, subject: AttemptSubject, attempt: () => Promise<T>): Promise<T>;
  /** Counts one. Throws as `guess`. */
  spend(kind: SpendKind, subject: AttemptSubject): Promise<void>;
};

const wrongGuesses: ReadonlySet<ErrorCode> = new Set([
  "wrong_credentials",
  "wrong_code",
  "code_already_used",
  "passkey_refused",
  "scanner_code_wrong",
]);

/**
 * Limits over a store: of this process alone unless one is given. What is counted is known in the store by a keyed hash,
 * and so it holds no address.
 *
 * - Wrong guesses at one account from one address wait, longer and longer, a minute at most.
 * - Many of them at one account from everywhere, or from one address at all accounts, ask for a proof of work that gets
 *   harder. Nobody is refused for what others did: the owner, elsewhere, gets in with a proof.
 * - What is spent is free up to a number an hour and then asks for work. It ends where only the owner, or only somebody in
 *   the same network, can have brought it.
 *
 * @param parts.secret at least 32 bytes, the same on every node that shares the store; asked for each time, since it may
 * change. After a change counts begin anew.
 */
export function createAttemptLimits(parts: { store?: LimitStore; secret?: () => Uint8Array } = {}): AttemptLimits {
  const store = parts.store ?? memoryLimitStore();
  const key = derivedKey(parts.secret ?? constant(randomBytes(32)));
  const proofs = createProofOfWork(store, key);
  return { guess, spend };

  async function guess<T>(kind: GuessKind, subject: AttemptSubject, attempt: () => Promise<T>): Promise<T> {
    const taken = await take(kind, subject, "near");
    let guessedWrong = false;
    try {
      await letGuess(kind, subject, taken);
      return await attempt();
    } catch (error) {
      guessedWrong = error instanceof CodedError && wrongGuesses.has(error.code);
      throw error;
    } finally {
      if (!guessedWrong) void store.giveBack(taken.counts);
    }
  }

  async function letGuess(kind: GuessKind, { requester }: AttemptSubject, taken: Taken): Promise<void> {
    let level = levelOf(kind, taken);
    if (level === 0) {
      const retryAfterSeconds = await mustWait(taken);
      if (retryAfterSeconds === 0) return;
      level = workLevel(taken.byBoth, guessesBeforeWork);
      if (level === 0) throw new CodedError("too_many_requests", { retryAfterSeconds });
    }
    await demandProof(requester, { bound: taken.bound, level });
  }

  async function spend(kind: SpendKind, subject: AttemptSubject): Promise<void> {
    // Widely: whoever has a /48 would have 65,536 networks to send mails from.
    const taken = await take(kind, subject, "wide");
    try {
      if (isOver[kind](taken)) {
        throw new CodedError("too_many_requests", { retryAfterSeconds: Math.ceil(taken.msLeft / 1000) });
      }
      const level = levelOf(kind, taken);
      if (level > 0) await demandProof(subject.requester, { bound: taken.bound, level });
    } catch (error) {
      void store.giveBack(taken.counts);
      throw error;
    }
  }

  /** Counts a try, in one round trip. */
  async function take(
    kind: GuessKind | SpendKind,
    { account, requester }: AttemptSubject,
    together: keyof Networks,
  ): Promise<Taken> {
    const networks = networksOf(requester.address);
    const network = networks[together];
    const bound = hashed(kind, "account", account);
    const keys = [bound, hashed(kind, "network", networks.wide), hashed(kind, "both", account, network)];
    const counts = keys.map((name) => ({ key: name, points: 1, seconds: windowSeconds }));
    const [byAccount, byNetwork, byBoth] = await store.add(counts);
    if (!byAccount || !byNetwork || !byBoth) throw new Error("the store has not counted everything");
    return {
      counts,
      bound,
      gate: () => hashed(kind, "gate", account, network),
      byAccount: byAccount.points,
      byNetwork: byNetwork.points,
      byBoth: byBoth.points,
      msLeft: Math.max(byAccount.msLeft, byBoth.msLeft),
    };
  }

  /** After several wrong guesses one begins only a while after the one before. Whoever comes first takes the place. */
  async function mustWait({ byBoth, gate }: Taken): Promise<number> {
    const seconds = delayAfter(byBoth);
    if (seconds === 0) return 0;
    const [passed] = await store.add([{ key: gate(), points: 1, seconds }]);
    return passed === undefined || passed.points === 1 ? 0 : Math.max(1, Math.ceil(passed.msLeft / 1000));
  }

  async function demandProof({ proof }: Requester, work: Work): Promise<void> {
    if (await proofs.accept(proof, work)) return;
    throw new CodedError("proof_of_work_required", { challenge: await proofs.ask(work) });
  }

  /** A keyed hash. Cut to 128 bits, which are enough to tell counters apart, and so it cannot be continued either. */
  function hashed(...names: string[]): string {
    return hash("sha256", key() + JSON.stringify(names), "base64url").slice(0, 22);
  }
}

/** A try that was counted: what each of its counters had come to with it. */
type Taken = {
  counts: Count[];
  bound: string;
  gate: () => string;
  byAccount: number;
  byNetwork: number;
  byBoth: number;
  msLeft: number;
};

function levelOf(kind: GuessKind | SpendKind, { byAccount, byNetwork }: Taken): number {
  const { account, network } = freeCounts[kind];
  return Math.max(workLevel(byAccount, account), workLevel(byNetwork, network));
}

/** The secret may be a key-encryption key, which seals and is used for nothing else. */
function derivedKey(secret: () => Uint8Array): () => string {
  let known: { secret: Uint8Array; key: string } | undefined;
  return () => {
    const now = secret();
    if (known?.secret !== now) {
      known = {
        secret: now,
        key: Buffer.from(hkdfSync("sha256", now, "", "tessera/attempt-limits/v1", 32)).toString("hex"),
      };
    }
    return known.key;
  };
}

const constant =
  <T>(value: T) =>
  (): T =>
    value;
