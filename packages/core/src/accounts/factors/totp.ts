import type { SealedPlace } from "@tessera/pass/issuer";
import { generateURI, ScureBase32Plugin, verify } from "otplib";

// RFC 6238 as every authenticator app knows it: SHA-1, six digits, 30 seconds.
const base32 = new ScureBase32Plugin();

/** Bytes of a new secret: 160 bits, as RFC 4226 section 4 recommends. */
export const totpSecretLength = 20;

/** One code before and one after the current, for clocks that are a little off (RFC 6238 section 5.2). */
const toleranceSeconds = 30;

export const encodeTotpSecret = (secret: Uint8Array): string => base32.encode(secret, { padding: false });
export const decodeTotpSecret = (text: string): Uint8Array => base32.decode(text);

/** What an authenticator app reads from the QR code. `secret` is base32. */
export function totpUri({ issuer, email, secret }: { issuer: string; email: string; secret: string }): string {
  return generateURI({ issuer, label: email, secret });
}

/** The time step (30 s since 1970) whose code this is, or `undefined`. `code` must be six digits. */
export async function totpStepOf(code: string, secret: Uint8Array, at: Date): Promise<number | undefined> {
  const epoch = Math.floor(at.getTime() / 1000);
  const result = await verify({ secret, token: code, epoch, epochTolerance: toleranceSeconds });
  return result.valid && "timeStep" in result ? result.timeStep : undefined;
}

/** How far off a clock may be for us to say so. */
const noticedSeconds = 300;

/**
 * By how many seconds (a multiple of 30) the clock of the phone that shows this code runs ahead; less than 0 where it is
 * behind, `undefined` where it is no code of these minutes. Only for who knows the secret: anybody else would learn from it
 * a code that is yet to come.
 */
export async function clockAheadOf(code: string, secret: Uint8Array, at: Date): Promise<number | undefined> {
  const epoch = Math.floor(at.getTime() / 1000);
  const result = await verify({ secret, token: code, epoch, epochTolerance: noticedSeconds });
  return result.valid && "timeStep" in result ? (result.timeStep - Math.floor(epoch / 30)) * 30 : undefined;
}

/** Where a secret is sealed for that its owner has not confirmed yet. */
export function totpEnrolmentPlace(accountId: string): SealedPlace {
  return { table: "totp_enrolment", column: "sealed_secret", rowId: accountId, epoch: 0 };
}

/** Where an account's TOTP secret is sealed for. */
export function totpSecretPlace(accountId: string): SealedPlace {
  return { table: "totp_factor", column: "sealed_secret", rowId: accountId, epoch: 0 };
}
