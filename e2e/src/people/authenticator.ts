import { setTimeout } from "node:timers/promises";
import { generate } from "otplib";

const stepSeconds = 30;

/** The code that an authenticator app shows at the moment (RFC 6238). */
export function codeNow(secret: string): Promise<string> {
  return generate({ secret: secret.replaceAll(/\s/g, ""), epoch: Math.floor(Date.now() / 1000) });
}

/** Codes as their owner types them: each once, and so the next one only when the app shows it. */
export function createAuthenticator(secret: string): { readonly code: () => Promise<string> } {
  let lastStep = 0;
  return {
    code: async () => {
      while (stepNow() <= lastStep) await setTimeout(200);
      lastStep = stepNow();
      return codeNow(secret);
    },
  };
}

function stepNow(): number {
  return Math.floor(Date.now() / 1000 / stepSeconds);
}
