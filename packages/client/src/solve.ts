import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

const mostLanes = 4;

/**
 * Solves one of altcha's challenges (its JSON) and gives its payload as base64. The browser derives the keys outside the
 * page's own thread (WebCrypto), several at a time, and so the page stays alive without a worker. Needs a secure context.
 *
 * @param signal stops it; the promise then rejects
 */
export async function solve(text: string, signal: AbortSignal): Promise<string> {
  const challenge: unknown = JSON.parse(text);
  if (!isChallenge(challenge)) throw new TypeError("not a challenge");
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  signal.throwIfAborted();
  signal.addEventListener("abort", stop);
  const lanes = Math.min(mostLanes, Math.max(1, navigator.hardwareConcurrency));
  try {
    const solution = await Promise.any(
      Array.from({ length: lanes }, async (_, lane) => {
        const found = await solveChallenge({
          challenge,
          deriveKey,
          controller,
          counterStart: lane,
          counterStep: lanes,
        });
        if (found === null) throw new Error("stopped before it was solved");
        return found;
      }),
    );
    return btoa(JSON.stringify({ challenge, solution }));
  } finally {
    stop();
    signal.removeEventListener("abort", stop);
  }
}

function isChallenge(read: unknown): read is Challenge {
  return typeof read === "object" && read !== null && "parameters" in read;
}
