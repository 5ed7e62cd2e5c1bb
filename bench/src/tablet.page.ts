import { decide, readCode, verifyCode } from "@tessera/pass";
import type { GateScene } from "./tickets.ts";
import { watchWebCrypto } from "./web-crypto.page.ts";

/** Milliseconds from a code's text to its verdict, and how many of them were waited for WebCrypto. */
export type Timing = { wholeMs: number; webCryptoMs: number };

/** What a bundle can carry into a browser: no map. */
export type PlainScene = Omit<GateScene, "issuerKeys"> & { issuerPublicKey: Uint8Array };

const waited = watchWebCrypto();

/** In the browser: reads, verifies and decides one code after the other, as at a gate. A refusal is a fault here. */
export async function decideEach({ gamesId, issuerPublicKey, policy, nowMs, tickets }: PlainScene): Promise<Timing[]> {
  const issuerKeys = new Map([[1, { publicKey: issuerPublicKey, compromised: false }]]);
  const timings: Timing[] = [];
  for (const { text, known } of tickets) {
    const [begun, before] = [performance.now(), waited()];
    const { outcome, reason } = decide(await verifyCode(readCode(text), issuerKeys, gamesId), policy, known, nowMs);
    timings.push({ wholeMs: performance.now() - begun, webCryptoMs: waited() - before });
    if (outcome !== "admit") throw new Error(`a good code was refused: ${reason}`);
  }
  return timings;
}

/** In the browser: milliseconds of work that is nothing but JavaScript. */
export function countMs(): number {
  const begun = performance.now();
  let state = 1;
  for (let count = 0; count < 3_000_000; count += 1) state = (state * 16_807) % 2_147_483_647;
  return state === 0 ? Infinity : performance.now() - begun;
}
