import { createHash } from "node:crypto";
import { type Challenge, createChallenge, type Payload, randomInt, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { LimitStore } from "./limit-store.ts";

/** What a proof is good for: one action of one account, and as much work as was asked for. */
export type Work = {
  /** Which action, and at whose door; nothing that tells either. */
  bound: string;
  /** 1 to 5. */
  level: number;
};

export type ProofOfWork = {
  /** A challenge (altcha's JSON) that lives five minutes. */
  ask(work: Work): Promise<string>;
  /**
   * Whether `proof` (what the header holds) solves a challenge of ours for this work that was not used before. One level
   * less will do: others may have tried meanwhile.
   */
  accept(proof: string | null, work: Work): Promise<boolean>;
};

const secondsToLive = 300;
const longestProof = 4000;

/**
 * PBKDF2, which browsers have built in, and so a phone is not much slower at it than a program. The server derives one
 * key to ask and none to check.
 */
const algorithm = "PBKDF2/SHA-256";
const iterations = 2000;
/** Keys to derive at level 1, at most and at least: about a second on a slow phone. Each level doubles them. */
const mostKeys = 400;
const fewestKeys = 200;

/**
 * altcha's proof of work, by ourselves: no third party sees who signs in. Every node that has the same key accepts the
 * challenges of the others.
 */
export function createProofOfWork(store: LimitStore, key: () => string): ProofOfWork {
  const secrets = () => ({ hmacSignatureSecret: `challenge:${key()}`, hmacKeySignatureSecret: `solution:${key()}` });
  return {
    async ask({ bound, level }) {
      const more = 2 ** (level - 1);
      const challenge = await createChallenge({
        algorithm,
        cost: iterations,
        counter: randomInt(mostKeys * more, fewestKeys * more),
        data: { bound, level },
        deriveKey,
        expiresAt: new Date(Date.now() + secondsToLive * 1000),
        ...secrets(),
      });
      return JSON.stringify(challenge);
    },

    async accept(proof, { bound, level }) {
      const payload = proof === null ? undefined : readProof(proof);
      if (payload === undefined || !(await isSolved(payload))) return false;
      const { data } = payload.challenge.parameters;
      if (data?.["bound"] !== bound || Number(data["level"]) < level - 1) return false;
      const used = createHash("sha256")
        .update(payload.challenge.signature ?? "")
        .digest("base64url");
      const [uses] = await store.add([{ key: `proof:${used}`, points: 1, seconds: secondsToLive }]);
      return uses?.points === 1;
    },
  };

  async function isSolved({ challenge, solution }: Payload): Promise<boolean> {
    try {
      return (await verifySolution({ challenge, solution, deriveKey, ...secrets() })).verified;
    } catch {
      // Not of the form of a challenge: the signature is checked before anything else is believed.
      return false;
    }
  }
}

/** Base64 of altcha's payload, a JSON document; undefined for anything else. */
function readProof(proof: string): Payload | undefined {
  if (proof.length > longestProof) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(proof, "base64").toString());
    return isPayload(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isPayload(read: unknown): read is Payload {
  if (typeof read !== "object" || read === null || !("challenge" in read) || !("solution" in read)) return false;
  return isChallenge(read.challenge) && typeof read.solution === "object" && read.solution !== null;
}

/** Whether it has the form of a challenge; whether it is ours, its signature tells. */
export function isChallenge(read: unknown): read is Challenge {
  if (typeof read !== "object" || read === null || !("parameters" in read) || !("signature" in read)) return false;
  return typeof read.parameters === "object" && read.parameters !== null && typeof read.signature === "string";
}
