import { setTimeout } from "node:timers/promises";
import { generate } from "otplib";
import type { ShownCode } from "./person.ts";

const stepSeconds = 30;

/** What somebody's app knows, and the last code of it that they have used. */
type AuthenticatorApp = { readonly totpSecret: string; readonly usedCode: ShownCode };

/** The code that an authenticator app shows at the moment (RFC 6238), on a phone whose clock is so many seconds fast. */
export async function codeNow(secret: string, fast = 0): Promise<ShownCode> {
  const step = stepNow() + fast / stepSeconds;
  return { digits: await generate({ secret: secret.replaceAll(/\s/g, ""), epoch: step * stepSeconds }), step };
}

/**
 * The code that comes after one that is used up, as each works once. A phone whose clock is half a minute fast shows it
 * already, and the server takes it; only the one after that has to be waited for.
 */
export async function nextCode({ totpSecret, usedCode }: AuthenticatorApp): Promise<ShownCode> {
  while (stepNow() < usedCode.step) await setTimeout(200);
  return codeNow(totpSecret, usedCode.step === stepNow() ? stepSeconds : 0);
}

function stepNow(): number {
  return Math.floor(Date.now() / 1000 / stepSeconds);
}
