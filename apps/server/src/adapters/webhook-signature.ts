import { createHmac, timingSafeEqual } from "node:crypto";

/** How old a signed webhook may be, so that one that leaked is not good for ever. */
const toleranceSeconds = 300;

/**
 * Signs a webhook as providers do: HMAC-SHA-256 over `<unix seconds>.<raw body>`.
 *
 * @returns the header `t=<unix seconds>,v1=<hex>`
 */
export function signWebhook(secret: Buffer, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${macOf(secret, seconds, body).toString("hex")}`;
}

/** Whether a header is the signature of exactly this body, made with this secret within the last five minutes. */
export function verifyWebhook(secret: Buffer, body: string, header: string | undefined, now: Date): boolean {
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (seconds === undefined || hex === undefined) return false;
  if (Math.abs(now.getTime() / 1000 - Number(seconds)) > toleranceSeconds) return false;
  return timingSafeEqual(macOf(secret, Number(seconds), body), Buffer.from(hex, "hex"));
}

function macOf(secret: Buffer, seconds: number, body: string): Buffer {
  return createHmac("sha256", secret).update(`${seconds}.${body}`).digest();
}
