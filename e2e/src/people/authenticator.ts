import { setTimeout } from "node:timers/promises";
import { generate } from "otplib";
import type { ShownCode } from "./person.ts";

const stepSeconds = 30;

/** The code that an authenticator app shows at the moment (RFC 6238), on a phone whose clock is so many seconds fast. */
export async function codeNow(secret: string, fast = 0): Promise<ShownCode> {
  const step = stepNow() + fast / stepSeconds;
  return { digits: await generate({ secret: secret.replaceAll(/\s/g, ""), epoch: step * stepSeconds }), step };
}

/** The code that the app shows next after one that is used up: each works once, and so its owner waits for it. */
export async function nextCode({ totpSecret, usedCode }: { totpSecret: string; usedCode: ShownCode }): Promise<string> {
  while (stepNow() <= usedCode.step) await setTimeout(200);
  return (await codeNow(totpSecret)).digits;
}

function stepNow(): number {
  return Math.floor(Date.now() / 1000 / stepSeconds);
}
